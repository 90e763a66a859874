package io.elpis.index.ingest;

import io.elpis.model.schema.IndexUuid;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * What a caller named a request, so that it may be sent again.
 *
 * @param subject whose name for it that is: two callers may well choose the same
 */
record IdempotencyKey(String subject, String key) {
    /** The name of the only operation under this key among all of all callers to one index; 43 characters. */
    String within(IndexUuid index) {
        return within(index, ByteBuffer.allocate(0));
    }

    /**
     * The name of one operation among all of all callers to one index; 43 characters.
     *
     * @param what a digest of the operation, of one length always
     */
    String within(IndexUuid index, ByteBuffer what) {
        byte[] who = subject.getBytes(StandardCharsets.UTF_8);
        MessageDigest digest = sha256();
        digest.update(index.bytes());
        // With its length, so that no other pair of subject and key reads the same.
        digest.update(ByteBuffer.allocate(4).putInt(who.length).array());
        digest.update(who);
        digest.update(key.getBytes(StandardCharsets.UTF_8));
        digest.update(what);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest.digest());
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
