package io.elpis.index.audit;

/** What a copy says at a mark. */
sealed interface CopyAnswer {
    /** @param verified the copy was checked against its checksums and its digest, and passed */
    record Told(Content content, boolean verified) implements CopyAnswer {}

    /** The copy failed that check; its node builds it again. */
    record Damaged(String reason) implements CopyAnswer {}

    record Silent(String reason) implements CopyAnswer {}

    /** What has to be the same on every copy. @param digest in hexadecimal digits */
    record Content(String digest, long documents, long nextSeqNo) {}
}
