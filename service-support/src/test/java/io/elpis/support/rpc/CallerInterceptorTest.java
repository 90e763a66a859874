package io.elpis.support.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.identity.Caller;
import io.elpis.support.identity.IssuedToken;
import io.elpis.support.identity.ServiceTokens;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerInterceptors;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.ClientCalls;
import io.grpc.stub.ServerCalls;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A real server and a real channel; the method answers with whom it was called by. */
class CallerInterceptorTest {
    private static final MethodDescriptor.Marshaller<String> TEXT = new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(String value) {
            return new ByteArrayInputStream(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String parse(InputStream stream) {
            try {
                return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    };
    private static final MethodDescriptor<String, String> WHO = MethodDescriptor.<String, String>newBuilder()
            .setType(MethodDescriptor.MethodType.UNARY)
            .setFullMethodName("test.Door/Who")
            .setRequestMarshaller(TEXT)
            .setResponseMarshaller(TEXT)
            .build();

    private Server server;
    private ManagedChannel channel;

    @BeforeEach
    void start() throws IOException {
        ServerServiceDefinition service = ServerServiceDefinition.builder("test.Door")
                .addMethod(WHO, ServerCalls.asyncUnaryCall((scope, answer) -> {
                    try {
                        Caller caller = scope.isEmpty() ? RpcCaller.current() : RpcCaller.require(scope);
                        answer.onNext(caller.subject());
                        answer.onCompleted();
                    } catch (StatusRuntimeException refusal) {
                        answer.onError(refusal);
                    }
                }))
                .build();
        server = NettyServerBuilder.forAddress(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0))
                .addService(ServerInterceptors.intercept(service, new CallerInterceptor(CallerInterceptorTest::verify)))
                .build()
                .start();
        channel = NettyChannelBuilder.forAddress("127.0.0.1", server.getPort())
                .usePlaintext()
                .build();
    }

    @AfterEach
    void stop() throws InterruptedException {
        channel.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
        server.shutdownNow().awaitTermination(5, TimeUnit.SECONDS);
    }

    private static Caller verify(String token) {
        return switch (token) {
            case "bad" -> throw new ElpisException(ErrorCode.UNAUTHENTICATED, "bad token");
            case "early" -> throw new ElpisException(ErrorCode.SERVICE_UNAVAILABLE, "no keys yet");
            default -> new Caller(token + "'s owner", Set.of("read"), Instant.MAX, token);
        };
    }

    private String who(String scope, CallOptions options) {
        return ClientCalls.blockingUnaryCall(channel, WHO, options.withDeadlineAfter(10, TimeUnit.SECONDS), scope);
    }

    private void refused(Status.Code code, String scope, CallOptions options) {
        assertThatExceptionOfType(StatusRuntimeException.class)
                .isThrownBy(() -> who(scope, options))
                .satisfies(refusal -> assertThat(refusal.getStatus().getCode()).isEqualTo(code));
    }

    @Test
    void forwardedTokenMakesItsOwnerTheCaller() {
        assertThat(who("", CallOptions.DEFAULT.withCallCredentials(BearerCredentials.forwarding("alice"))))
                .isEqualTo("alice's owner");
    }

    @Test
    void missingBadAndUnverifiableTokensAreToldApart() {
        refused(Status.Code.UNAUTHENTICATED, "", CallOptions.DEFAULT);
        refused(
                Status.Code.UNAUTHENTICATED,
                "",
                CallOptions.DEFAULT.withCallCredentials(BearerCredentials.forwarding("bad")));
        refused(
                Status.Code.UNAVAILABLE,
                "",
                CallOptions.DEFAULT.withCallCredentials(BearerCredentials.forwarding("early")));
    }

    @Test
    void scopeIsChecked() {
        CallOptions alice = CallOptions.DEFAULT.withCallCredentials(BearerCredentials.forwarding("alice"));

        assertThat(who("read", alice)).isEqualTo("alice's owner");
        refused(Status.Code.PERMISSION_DENIED, "internal", alice);
    }

    @Test
    void ownTokenIsWaitedForButNotForever() {
        ServiceTokens.Issuer issuer = () -> new IssuedToken("service", Duration.ofHours(1));
        try (ServiceTokens tokens =
                new ServiceTokens(issuer, Executors.newSingleThreadScheduledExecutor(), System::nanoTime)) {
            refused(
                    Status.Code.UNAVAILABLE,
                    "",
                    CallOptions.DEFAULT.withCallCredentials(BearerCredentials.own(tokens, 50)));
            tokens.start();
            assertThat(who("", CallOptions.DEFAULT.withCallCredentials(BearerCredentials.own(tokens, 5000))))
                    .isEqualTo("service's owner");
        }
    }
}
