package io.elpis.gateway.limit;

import io.elpis.model.error.ErrorCode;
import io.elpis.support.error.ErrorBody;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.util.ReferenceCountUtil;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * Makes request targets fit for a URI before anything parses them: characters that clients often send as they are get
 * encoded; a percent sign that encodes nothing is refused in our own words, which further in would be an empty 400.
 */
final class RequestTargetHandler extends ChannelInboundHandlerAdapter {
    private static final String TO_ENCODE = "\"<>[\\]^`{|}";

    private boolean refused;

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) throws Exception {
        if (refused) {
            ReferenceCountUtil.release(message);
            return;
        }
        if (message instanceof HttpRequest request) {
            String target = request.uri();
            if (hasBrokenEscape(target)) {
                refused = true;
                ReferenceCountUtil.release(message);
                refuse(context, request.method());
                return;
            }
            // A target that is a whole URL may have a host in brackets.
            if (target.startsWith("/") && needsEncoding(target)) {
                request.setUri(encoded(target));
            }
        }
        super.channelRead(context, message);
    }

    static boolean hasBrokenEscape(String target) {
        for (int at = target.indexOf('%'); at >= 0; at = target.indexOf('%', at + 1)) {
            if (at + 2 >= target.length()
                    || !HexFormat.isHexDigit(target.charAt(at + 1))
                    || !HexFormat.isHexDigit(target.charAt(at + 2))) {
                return true;
            }
        }
        return false;
    }

    private static boolean needsEncoding(String target) {
        for (int i = 0; i < target.length(); i++) {
            if (isToEncode(target.charAt(i))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isToEncode(char c) {
        return c <= ' ' || c >= 127 || TO_ENCODE.indexOf(c) >= 0;
    }

    /** Netty reads the target byte by byte, so each character here is one byte of the caller's encoding. */
    static String encoded(String target) {
        StringBuilder encoded = new StringBuilder(target.length() + 16);
        for (byte octet : target.getBytes(StandardCharsets.ISO_8859_1)) {
            char c = (char) (octet & 0xff);
            if (isToEncode(c)) {
                encoded.append('%').append(HexFormat.of().withUpperCase().toHexDigits(octet));
            } else {
                encoded.append(c);
            }
        }
        return encoded.toString();
    }

    private static void refuse(ChannelHandlerContext context, HttpMethod method) {
        byte[] body =
                ErrorBody.of(ErrorCode.ILLEGAL_ARGUMENT, "the URL has a [%] that is not followed by two hex digits");
        FullHttpResponse answer = new DefaultFullHttpResponse(
                HttpVersion.HTTP_1_1,
                HttpResponseStatus.BAD_REQUEST,
                method.equals(HttpMethod.HEAD) ? Unpooled.EMPTY_BUFFER : Unpooled.wrappedBuffer(body));
        answer.headers()
                .set(HttpHeaderNames.CONTENT_TYPE, ErrorBody.CONTENT_TYPE)
                .set(HttpHeaderNames.CONTENT_LENGTH, body.length)
                .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
        var unused = context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
    }
}
