package io.elpis.support.rpc;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.grpc.ServerCall;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps a call's events until it is known who takes them, then passes them on in their order, one at a time. Bounded: a
 * call brings no messages before its listener has asked for some.
 */
final class DelayedListener<Q> extends ServerCall.Listener<Q> {
    @GuardedBy("this")
    private final Deque<Consumer<ServerCall.Listener<Q>>> early = new ArrayDeque<>();

    @GuardedBy("this")
    private ServerCall.@Nullable Listener<Q> listener;

    /** Called once. Only when nothing early is left do later events go straight to the listener. */
    void become(ServerCall.Listener<Q> real) {
        Consumer<ServerCall.Listener<Q>> event = nextOrBecome(real);
        while (event != null) {
            try {
                event.accept(real);
            } catch (RuntimeException mistake) {
                clearAndBecome(real);
                throw mistake;
            }
            event = nextOrBecome(real);
        }
    }

    private synchronized @Nullable Consumer<ServerCall.Listener<Q>> nextOrBecome(ServerCall.Listener<Q> real) {
        Consumer<ServerCall.Listener<Q>> event = early.poll();
        if (event == null) {
            listener = real;
        }
        return event;
    }

    private synchronized void clearAndBecome(ServerCall.Listener<Q> real) {
        early.clear();
        listener = real;
    }

    private void tell(Consumer<ServerCall.Listener<Q>> event) {
        ServerCall.Listener<Q> real;
        synchronized (this) {
            real = listener;
            if (real == null) {
                early.add(event);
                return;
            }
        }
        event.accept(real);
    }

    @Override
    public void onMessage(Q message) {
        tell(real -> real.onMessage(message));
    }

    @Override
    public void onHalfClose() {
        tell(ServerCall.Listener::onHalfClose);
    }

    @Override
    public void onCancel() {
        tell(ServerCall.Listener::onCancel);
    }

    @Override
    public void onComplete() {
        tell(ServerCall.Listener::onComplete);
    }

    @Override
    public void onReady() {
        tell(ServerCall.Listener::onReady);
    }
}
