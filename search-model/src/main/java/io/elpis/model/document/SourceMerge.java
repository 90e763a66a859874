package io.elpis.model.document;

import io.elpis.model.document.PartialDocument.Member;
import io.elpis.model.error.ElpisException;
import io.elpis.model.json.Json;
import java.io.ByteArrayOutputStream;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;

/**
 * Merges a partial document into a document, in one pass over each. Objects are merged member by member; whatever else
 * the partial document holds replaces what is there, and members that are not there follow the others. All the rest
 * stays byte for byte. As deep as a document can be, and no deeper, which the JSON parser sees to.
 */
public final class SourceMerge {

    /**
     * @param source the merged document
     * @param changed whether any value differs from the document's; where none does, bytes may still differ
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, never compared
    public record Merged(byte[] source, boolean changed) {}

    private final byte[] source;
    private final byte[] partial;
    private final JsonParser parser;
    private final ByteArrayOutputStream out;

    /** All of the source before it is in {@code out}, or has been replaced there. */
    private int done;

    private boolean changed;

    private SourceMerge(byte[] source, byte[] partial, JsonParser parser) {
        this.source = source;
        this.partial = partial;
        this.parser = parser;
        this.out = new ByteArrayOutputStream(source.length + Math.min(partial.length, source.length + 1024));
    }

    /** @throws ElpisException MAPPER_PARSING when one of them is no JSON object, or has a name twice in what is merged */
    public static Merged merge(byte[] source, byte[] partial) {
        try (JsonParser parser = Json.parser(source)) {
            Map<String, Member> changes = PartialDocument.read(partial);
            return new SourceMerge(source, partial, parser).merge(changes);
        } catch (JacksonException e) {
            throw ParsingFailure.malformed(e);
        }
    }

    private Merged merge(Map<String, Member> changes) {
        ParsingFailure.requireObject(parser);
        object(changes);
        ParsingFailure.requireEnd(parser);
        copyUpTo(source.length);
        return new Merged(out.toByteArray(), changed);
    }

    private void object(Map<String, Member> changes) {
        MemberNames names = new MemberNames();
        boolean empty = true;
        String name;
        while ((name = parser.nextName()) != null) {
            if (!names.add(name)) {
                throw ParsingFailure.duplicate(name, parser);
            }
            empty = false;
            parser.nextToken();
            Member change = changes.get(name);
            if (change == null) {
                parser.skipChildren();
            } else {
                member(change);
            }
        }
        copyUpTo(lastEnd());
        for (Map.Entry<String, Member> change : changes.entrySet()) {
            if (names.add(change.getKey())) {
                append(change.getValue(), empty);
                empty = false;
            }
        }
    }

    private void member(Member change) {
        Map<String, Member> members = change.members();
        if (members != null && parser.currentToken() == JsonToken.START_OBJECT) {
            object(members);
            return;
        }
        int from = offset();
        int to = Json.valueEnd(parser);
        changed = changed || !ValueEquality.same(source, from, to, partial, change.valueFrom(), change.to());
        copyUpTo(from);
        out.write(partial, change.valueFrom(), change.to() - change.valueFrom());
        done = to;
    }

    private void append(Member member, boolean first) {
        if (!first) {
            out.write(',');
        }
        out.write(partial, member.from(), member.to() - member.from());
        changed = true;
    }

    /** Where the last member of the object that ends here ends, or the object's brace where it has none. */
    private int lastEnd() {
        int end = offset();
        while (source[end - 1] <= ' ' && source[end - 1] >= 0) {
            end--;
        }
        return end;
    }

    private void copyUpTo(int end) {
        out.write(source, done, end - done);
        done = end;
    }

    private int offset() {
        return (int) parser.currentTokenLocation().getByteOffset();
    }
}
