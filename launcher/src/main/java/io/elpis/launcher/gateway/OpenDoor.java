package io.elpis.launcher.gateway;

import io.elpis.launcher.exit.CommandFailure;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Waits until the gateway leads to every service: it hears of an instance a moment after that has become ready, and a
 * user's first request must not be the one that finds out.
 */
public final class OpenDoor {

    /** One that the index-service answers and one that the aggregator does; the token before them is auth-service's. */
    private static final List<String> REQUESTS = List.of("/", "/_count");

    private static final String NOBODY = "service_unavailable_exception";
    private static final int UNAVAILABLE = 503;
    private static final long POLL_MILLIS = 100;

    private final GatewayClient gateway;

    public OpenDoor(GatewayClient gateway) {
        this.gateway = gateway;
    }

    /**
     * Returns at once when the password is not the generated one any more: who may not come in cannot look either.
     *
     * @throws CommandFailure when some service cannot be reached for so long
     */
    public void await(Duration patience) throws IOException, InterruptedException {
        try {
            awaitAll(patience);
        } catch (WrongPassword changed) {
            return;
        }
    }

    private void awaitAll(Duration patience) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        for (String request : REQUESTS) {
            String closed = closed(request);
            while (!closed.isEmpty()) {
                if (System.nanoTime() - begin > patience.toNanos()) {
                    throw new CommandFailure(
                            "all processes are ready, but after " + patience.toSeconds() + " s still: " + closed);
                }
                var _ = new CountDownLatch(1).await(POLL_MILLIS, TimeUnit.MILLISECONDS);
                closed = closed(request);
            }
        }
    }

    /** Empty when somebody answered, whatever the answer was. */
    private String closed(String request) throws IOException, InterruptedException {
        try {
            GatewayClient.Answer answer = gateway.get(request);
            boolean nobody = answer.status() == UNAVAILABLE
                    && answer.json().at("/error/type").asString("").equals(NOBODY);
            return nobody ? answer.json().at("/error/reason").asString("") : "";
        } catch (WrongPassword changed) {
            throw changed;
        } catch (CommandFailure withoutToken) {
            return String.valueOf(withoutToken.getMessage());
        }
    }
}
