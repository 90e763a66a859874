package io.elpis.torture.history;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** What a client was told in the end, after its repeats. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Reply.Found.class, name = "found"),
    @JsonSubTypes.Type(value = Reply.Absent.class, name = "absent"),
    @JsonSubTypes.Type(value = Reply.Stored.class, name = "stored"),
    @JsonSubTypes.Type(value = Reply.Removed.class, name = "removed"),
    @JsonSubTypes.Type(value = Reply.Conflict.class, name = "conflict"),
    @JsonSubTypes.Type(value = Reply.Refused.class, name = "refused"),
    @JsonSubTypes.Type(value = Reply.Open.class, name = "open"),
    @JsonSubTypes.Type(value = Reply.Contradiction.class, name = "contradiction")
})
public sealed interface Reply {

    record Found(String value, long seqNo, long primaryTerm, long version) implements Reply {}

    /** A read that found no document. */
    record Absent() implements Reply {}

    /** @param created whether there was no document before */
    record Stored(boolean created, long seqNo, long version) implements Reply {}

    /** @param existed whether there was a document to remove */
    record Removed(boolean existed, long seqNo, long version) implements Reply {}

    /** The condition did not hold; nothing was changed. */
    record Conflict() implements Reply {}

    /** The platform says that nothing happened and nothing will: a promise that is checked too. */
    record Refused(String reason) implements Reply {}

    /** Nobody told: it happened, or will happen, or never does. */
    record Open(String reason) implements Reply {}

    /** A repeat under the same idempotency key was told another outcome than the first: never right. */
    record Contradiction(String first, String then) implements Reply {}
}
