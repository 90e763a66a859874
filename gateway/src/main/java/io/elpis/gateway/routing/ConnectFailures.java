package io.elpis.gateway.routing;

import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.UnknownHostException;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquirePendingLimitException;
import reactor.netty.internal.shaded.reactor.pool.PoolAcquireTimeoutException;

/** Tells failures before the first byte was sent from all others. */
final class ConnectFailures {
    private static final int DEEPEST = 8;

    private ConnectFailures() {}

    /** The instance could not be reached. */
    static boolean nothingSent(Throwable failure) {
        return isCausedBy(
                failure,
                cause -> cause instanceof ConnectException
                        || cause instanceof NoRouteToHostException
                        || cause instanceof UnknownHostException);
    }

    /** All connections that the gateway allows itself are in use: says nothing of the instance. */
    static boolean noConnectionFree(Throwable failure) {
        return isCausedBy(
                failure,
                cause -> cause instanceof PoolAcquireTimeoutException
                        || cause instanceof PoolAcquirePendingLimitException);
    }

    private static boolean isCausedBy(Throwable failure, Predicate<Throwable> kind) {
        @Nullable Throwable cause = failure;
        for (int depth = 0; cause != null && depth < DEEPEST; depth++) {
            if (kind.test(cause)) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
