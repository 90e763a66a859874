package io.elpis.aggregator.rest;

import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/** What a future leads to; cancelling it cancels the future itself, unlike with {@code thenApply}. */
final class Followed<T> extends CompletableFuture<T> {
    private final CompletableFuture<?> source;

    private Followed(CompletableFuture<?> source) {
        this.source = source;
    }

    static <S, T> CompletableFuture<T> by(CompletableFuture<S> source, Function<S, T> step) {
        Followed<T> followed = new Followed<>(source);
        var unused = source.whenComplete((result, failure) -> {
            if (failure != null) {
                followed.completeExceptionally(failure);
                return;
            }
            try {
                followed.complete(step.apply(result));
            } catch (RuntimeException e) {
                followed.completeExceptionally(e);
            }
        });
        return followed;
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        source.cancel(mayInterruptIfRunning);
        return super.cancel(mayInterruptIfRunning);
    }
}
