package io.elpis.torture.check;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import org.jspecify.annotations.Nullable;

/**
 * What one document ought to be: the last value, or none, and a version that every change raises by one, removals of
 * nothing included.
 *
 * @param value null where there is no document
 * @param version 0 before the first change
 */
record Register(@Nullable String value, long version) {

    static final Register EMPTY = new Register(null, 0);

    /** The register after the operation, or null where it could not have answered so. */
    @Nullable
    Register after(Operation operation) {
        Reply reply = operation.reply();
        return switch (operation.call()) {
            case Call.Read read -> read(reply);
            case Call.Put put -> stored(put.value(), true, reply);
            case Call.Create create -> stored(create.value(), value == null, reply);
            case Call.Swap swap -> stored(swap.value(), swap.expected().equals(value), reply);
            case Call.Remove remove -> removed(reply);
            case Call.AddMember member ->
                throw new IllegalArgumentException("not an operation of a register: " + member);
            case Call.Repeat repeat -> throw new IllegalArgumentException("not an operation of a register: " + repeat);
        };
    }

    private @Nullable Register read(Reply reply) {
        boolean possible = switch (reply) {
            case Reply.Found found -> found.value().equals(value) && found.version() == version;
            case Reply.Absent absent -> value == null;
            case Reply.Open open -> true;
            default -> false;
        };
        return possible ? this : null;
    }

    private @Nullable Register stored(String next, boolean holds, Reply reply) {
        Register changed = new Register(next, version + 1);
        return switch (reply) {
            case Reply.Stored stored ->
                holds && stored.created() == (value == null) && stored.version() == changed.version ? changed : null;
            case Reply.Conflict conflict -> holds ? null : this;
            case Reply.Open open -> holds ? changed : this;
            default -> null;
        };
    }

    private @Nullable Register removed(Reply reply) {
        Register changed = new Register(null, version + 1);
        return switch (reply) {
            case Reply.Removed removed ->
                removed.existed() == (value != null) && removed.version() == changed.version ? changed : null;
            case Reply.Open open -> changed;
            default -> null;
        };
    }
}
