package io.elpis.support.rpc;

import io.elpis.support.identity.ServiceTokens;
import io.grpc.CallCredentials;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Gives a call its caller's token, or this service's own: {@code stub.withCallCredentials(…)}. */
public final class BearerCredentials extends CallCredentials {
    static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final Supplier<CompletableFuture<String>> tokens;

    private BearerCredentials(Supplier<CompletableFuture<String>> tokens) {
        this.tokens = tokens;
    }

    /** For a call made on behalf of a user. */
    public static BearerCredentials forwarding(String token) {
        CompletableFuture<String> ready = CompletableFuture.completedFuture(token);
        return new BearerCredentials(() -> ready);
    }

    /**
     * For a call this service makes for itself. While it has no token yet the call waits up to {@code waitMillis}, then
     * fails as UNAVAILABLE.
     */
    public static BearerCredentials own(ServiceTokens tokens, long waitMillis) {
        return new BearerCredentials(() -> {
            CompletableFuture<String> ready = tokens.ready();
            return ready.isDone() ? ready : ready.orTimeout(waitMillis, TimeUnit.MILLISECONDS);
        });
    }

    @Override
    public void applyRequestMetadata(RequestInfo call, Executor executor, MetadataApplier applier) {
        var unused = tokens.get().whenComplete((token, failure) -> {
            if (failure == null) {
                Metadata metadata = new Metadata();
                metadata.put(AUTHORIZATION, "Bearer " + token);
                applier.apply(metadata);
            } else {
                applier.fail(
                        Status.UNAVAILABLE.withDescription("auth-service has not issued this service's token yet"));
            }
        });
    }
}
