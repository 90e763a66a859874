package io.elpis.torture.workload;

import io.elpis.torture.check.Digests;
import io.elpis.torture.client.Door;
import io.elpis.torture.client.Request;
import io.elpis.torture.client.Sent;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Has the platform compare the copies of an index, once everything is healed. */
public final class Audits {

    private static final int TRIES = 6;
    private static final int PAUSE_SECONDS = 5;

    private final Door door;

    /** @param door with the patience that an audit needs */
    public Audits(Door door) {
        this.door = door;
    }

    /** Asked again while copies cannot be compared yet; {@link Digests#NONE} where the platform knows no audit. */
    public Digests of(String index) throws InterruptedException {
        Digests last = Digests.NONE;
        for (int attempt = 0; attempt < TRIES; attempt++) {
            Sent sent = door.send(Request.of("POST", "/_elpis/audit/" + index + "?timeout=60s&verify=true", ""));
            if (sent instanceof Sent.Answered answered && answered.status() == 200) {
                last = Digests.of(answered.body());
                if (last.equal() || !last.violations().isEmpty()) {
                    return last;
                }
            } else if (sent instanceof Sent.Answered unknown && unknown.status() < 429) {
                return last;
            }
            var _ = new CountDownLatch(1).await(PAUSE_SECONDS, TimeUnit.SECONDS);
        }
        return last;
    }
}
