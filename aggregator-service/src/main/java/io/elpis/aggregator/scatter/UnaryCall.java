package io.elpis.aggregator.scatter;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One call to a node: no stub, no future, no hop; the trailers, which tell of errors in detail, come along. */
public final class UnaryCall<Q, A> extends ClientCall.Listener<A> {
    private static final Metadata.Key<String> AUTHORIZATION =
            Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

    private final ClientCall<Q, A> call;
    private final End<A> end;
    private @Nullable A answer;

    /** What a call came to; called once, on the channel's event loop. */
    @FunctionalInterface
    public interface End<A> {
        /** @param answer present when the status is OK */
        void ended(@Nullable A answer, Status status, Metadata trailers);
    }

    private UnaryCall(ClientCall<Q, A> call, End<A> end) {
        this.call = call;
        this.end = end;
    }

    /**
     * @param authorization value of the header: {@code Bearer …}
     * @param nanos after which the call ends as DEADLINE_EXCEEDED, here and on the node
     */
    public static <Q, A> UnaryCall<Q, A> start(
            Channel channel, MethodDescriptor<Q, A> method, Q request, String authorization, long nanos, End<A> end) {
        CallOptions options = CallOptions.DEFAULT.withDeadlineAfter(Math.max(nanos, 0), TimeUnit.NANOSECONDS);
        UnaryCall<Q, A> unary = new UnaryCall<>(channel.newCall(method, options), end);
        Metadata headers = new Metadata();
        headers.put(AUTHORIZATION, authorization);
        unary.call.start(unary, headers);
        unary.call.request(2);
        unary.call.sendMessage(request);
        unary.call.halfClose();
        return unary;
    }

    /** The node stops working on it. */
    public void cancel(String why) {
        call.cancel(why, null);
    }

    @Override
    public void onMessage(A message) {
        answer = message;
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
        if (status.isOk() && answer == null) {
            end.ended(null, Status.INTERNAL.withDescription("the node gave no answer"), trailers);
        } else {
            end.ended(status.isOk() ? answer : null, status, trailers);
        }
    }
}
