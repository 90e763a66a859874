package io.elpis.torture.workload;

import io.elpis.torture.check.Digests;
import io.elpis.torture.client.Door;
import io.elpis.torture.client.Request;
import io.elpis.torture.client.Sent;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Has the platform compare the copies of an index, once everything is healed. */
public final class Audits {

    private static final int TRIES = 6;

    private final Door door;
    private final Duration pause;

    /**
     * @param door with the patience that an audit needs
     * @param pause before an audit is asked for again
     */
    public Audits(Door door, Duration pause) {
        this.door = door;
        this.pause = pause;
    }

    /** Asked for again until copies are found equal or not; what is pending in the end was never compared. */
    public Digests of(String index) throws InterruptedException {
        Digests last = Digests.unknown(index, "never asked");
        for (int attempt = 0; attempt < TRIES; attempt++) {
            if (attempt > 0) {
                var _ = new CountDownLatch(1).await(pause.toMillis(), TimeUnit.MILLISECONDS);
            }
            Digests found = once(index);
            last = found.compared() || !last.compared() ? found : last;
            if (last.equal() || !last.violations().isEmpty()) {
                return last;
            }
        }
        return last;
    }

    private Digests once(String index) throws InterruptedException {
        Sent sent = door.send(Request.of("POST", "/_elpis/audit/" + index + "?timeout=60s&verify=true", ""));
        return switch (sent) {
            case Sent.Answered answered when answered.status() == 200 -> Digests.of(answered.body());
            case Sent.Answered refused -> Digests.unknown(index, refused.status() + " " + refused.body());
            case Sent.Unsent unsent -> Digests.unknown(index, unsent.reason());
            case Sent.Unanswered unanswered -> Digests.unknown(index, unanswered.reason());
        };
    }
}
