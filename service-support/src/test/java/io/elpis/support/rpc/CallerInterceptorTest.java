package io.elpis.support.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.common.util.concurrent.ListenableFuture;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.identity.Caller;
import io.elpis.support.identity.IssuedToken;
import io.elpis.support.identity.ServiceTokens;
import io.grpc.CallOptions;
import io.grpc.ManagedChannel;
import io.grpc.MethodDescriptor;
import io.grpc.Server;
import io.grpc.ServerCall;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
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

    private final ExecutorService verifications = Executors.newVirtualThreadPerTaskExecutor();
    private final CountDownLatch keys = new CountDownLatch(1);
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
                .directExecutor()
                .addService(ServerInterceptors.intercept(service, new CallerInterceptor(this::verify, verifications)))
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
        keys.countDown();
        verifications.close();
    }

    private Caller verify(String token) {
        return switch (token) {
            case "slow" -> {
                awaitKeys();
                yield new Caller("slow's owner", Set.of("read"), Instant.MAX, token);
            }
            case "bad" -> throw new ElpisException(ErrorCode.UNAUTHENTICATED, "bad token");
            case "early" -> throw new ElpisException(ErrorCode.SERVICE_UNAVAILABLE, "no keys yet");
            default -> new Caller(token + "'s owner", Set.of("read"), Instant.MAX, token);
        };
    }

    private void awaitKeys() {
        try {
            assertThat(keys.await(10, TimeUnit.SECONDS)).isTrue();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
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

    /** All calls of a channel share the server's thread for it. */
    @Test
    void tokenThatTakesLongToVerifyHoldsUpNobodyElse() throws Exception {
        ListenableFuture<String> slow = ClientCalls.futureUnaryCall(
                channel.newCall(
                        WHO,
                        CallOptions.DEFAULT
                                .withCallCredentials(BearerCredentials.forwarding("slow"))
                                .withDeadlineAfter(10, TimeUnit.SECONDS)),
                "read");
        assertThat(who("", CallOptions.DEFAULT.withCallCredentials(BearerCredentials.forwarding("alice"))))
                .isEqualTo("alice's owner");
        assertThat(slow.isDone()).isFalse();
        keys.countDown();
        assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo("slow's owner");
    }

    @Test
    void eventsBeforeAndAfterTheVerdictKeepTheirOrder() {
        DelayedListener<String> delayed = new DelayedListener<>();
        List<String> events = new ArrayList<>();
        delayed.onReady();
        delayed.onMessage("one");
        delayed.become(new ServerCall.Listener<>() {
            @Override
            public void onReady() {
                events.add("ready");
                delayed.onMessage("two, while the early ones are told");
            }

            @Override
            public void onMessage(String message) {
                events.add(message);
            }

            @Override
            public void onHalfClose() {
                events.add("half closed");
            }
        });
        delayed.onHalfClose();
        assertThat(events).containsExactly("ready", "one", "two, while the early ones are told", "half closed");
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
