package io.elpis.torture.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a client asks of one document. Every value that is ever written is unique in its run. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Call.Read.class, name = "read"),
    @JsonSubTypes.Type(value = Call.Put.class, name = "put"),
    @JsonSubTypes.Type(value = Call.Create.class, name = "create"),
    @JsonSubTypes.Type(value = Call.Swap.class, name = "swap"),
    @JsonSubTypes.Type(value = Call.Remove.class, name = "remove"),
    @JsonSubTypes.Type(value = Call.AddMember.class, name = "add_member"),
    @JsonSubTypes.Type(value = Call.Repeat.class, name = "repeat")
})
public sealed interface Call {

    /** What a read was promised. */
    enum Consistency {
        /** It sees all that was acknowledged before it was asked for. */
        STRONG,
        /** It sees all that its client's session has seen. */
        SESSION,
        /** It sees something that was there at some time. */
        EVENTUAL
    }

    record Read(Consistency consistency) implements Call {

        /** Real-time, of which as much is expected as of a strong one. */
        public Read() {
            this(Consistency.STRONG);
        }
    }

    /** Stores the value, whatever was there. */
    record Put(String value) implements Call {}

    /** Stores the value where there is no document. */
    record Create(String value) implements Call {}

    /**
     * Stores the value where the document still holds {@code expected}; asked for with the sequence number and the
     * primary term that the read of {@code expected} brought.
     */
    record Swap(String expected, String value) implements Call {}

    record Remove() implements Call {}

    /** A partial update that adds one member and leaves the others as they are. */
    record AddMember(String member) implements Call {}

    /** A write that was answered, sent once more under its idempotency key. */
    record Repeat(Call first, Reply told) implements Call {}
}
