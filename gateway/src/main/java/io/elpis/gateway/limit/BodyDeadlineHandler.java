package io.elpis.gateway.limit;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.LastHttpContent;
import io.netty.util.concurrent.Future;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Closes a connection whose request takes too long to arrive. The server's own timeout ends with the interest in the
 * body, so that one which is read and dropped, as it was refused, could go on for ever. For one channel.
 */
final class BodyDeadlineHandler extends ChannelInboundHandlerAdapter {
    private final Duration timeout;
    private @Nullable Future<?> deadline;

    BodyDeadlineHandler(Duration timeout) {
        this.timeout = timeout;
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        if (message instanceof HttpRequest && !(message instanceof LastHttpContent)) {
            callOff();
            deadline = context.executor().schedule(() -> context.close(), timeout.toNanos(), TimeUnit.NANOSECONDS);
        } else if (message instanceof LastHttpContent) {
            callOff();
        }
        context.fireChannelRead(message);
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        callOff();
        context.fireChannelInactive();
    }

    private void callOff() {
        if (deadline != null) {
            deadline.cancel(false);
            deadline = null;
        }
    }
}
