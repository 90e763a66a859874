package io.elpis.launcher.torture;

import io.elpis.launcher.exit.CommandFailure;
import io.elpis.launcher.gateway.GatewayClient;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * The value of an Authorization header that stays good for as long as a run takes: the token is renewed long before it
 * expires, so that a renewal which meets a fault may fail and be tried again.
 */
final class LastingToken implements Supplier<String> {

    private static final long RENEW_AFTER = TimeUnit.MINUTES.toNanos(15);
    private static final long RETRY_AFTER = TimeUnit.SECONDS.toNanos(20);

    private final GatewayClient gateway;
    private volatile String value;
    private long due;

    LastingToken(GatewayClient gateway) throws IOException, InterruptedException {
        this.gateway = gateway;
        this.value = "Bearer " + gateway.fetchToken();
        this.due = System.nanoTime() + RENEW_AFTER;
    }

    @Override
    public String get() {
        if (dueNow()) {
            try {
                value = "Bearer " + gateway.fetchToken();
                renewed();
            } catch (IOException | CommandFailure e) {
                return value;
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return value;
    }

    private synchronized void renewed() {
        due = System.nanoTime() + RENEW_AFTER;
    }

    /** True for one caller alone, who then tries. */
    private synchronized boolean dueNow() {
        long now = System.nanoTime();
        if (now - due < 0) {
            return false;
        }
        due = now + RETRY_AFTER;
        return true;
    }
}
