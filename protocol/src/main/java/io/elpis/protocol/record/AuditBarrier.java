package io.elpis.protocol.record;

import com.google.protobuf.ByteString;
import java.util.UUID;

/** Barriers that audits append: by their id copies know that they are to remember what they hold there. */
public final class AuditBarrier {
    private static final ByteString PREFIX = ByteString.copyFromUtf8("audit-");

    /** Copies keep ids, so that longer ones mark nothing. */
    private static final int LONGEST_ID = 64;

    private AuditBarrier() {}

    public static Barrier of(UUID audit) {
        return Barrier.newBuilder()
                .setBarrierId(PREFIX.concat(ByteString.copyFromUtf8(audit.toString())))
                .build();
    }

    public static boolean is(Barrier barrier) {
        ByteString id = barrier.getBarrierId();
        return id.startsWith(PREFIX) && id.size() <= LONGEST_ID;
    }
}
