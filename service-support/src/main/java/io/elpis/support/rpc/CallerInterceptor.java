package io.elpis.support.rpc;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.identity.Caller;
import io.elpis.support.identity.TokenVerifier;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Lets no call in without a good token. That costs a call with a known token one look-up; a token seen for the first
 * time is verified elsewhere, for its key may have to be fetched and the thread that brings calls must not wait for that.
 */
public final class CallerInterceptor implements ServerInterceptor {
    private static final Logger LOG = LoggerFactory.getLogger(CallerInterceptor.class);
    private static final String BEARER = "Bearer ";

    private final TokenVerifier verifier;
    private final Executor blocking;

    /** @param blocking runs verifications; they may block */
    public CallerInterceptor(TokenVerifier verifier, Executor blocking) {
        this.verifier = verifier;
        this.blocking = blocking;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        String token;
        try {
            token = token(headers);
        } catch (ElpisException refusal) {
            return refuse(call, refusal);
        }
        Context context = Context.current();
        Caller known = verifier.known(token);
        if (known != null) {
            return begin(context, known, call, headers, next);
        }
        DelayedListener<Q> delayed = new DelayedListener<>();
        blocking.execute(() -> {
            try {
                delayed.become(verified(context, token, call, headers, next));
            } catch (RuntimeException mistake) {
                abort(call, mistake);
            }
        });
        return delayed;
    }

    private <Q, A> ServerCall.Listener<Q> verified(
            Context context, String token, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Caller caller;
        try {
            caller = verifier.verify(token);
        } catch (ElpisException refusal) {
            return refuse(call, refusal);
        }
        return begin(context, caller, call, headers, next);
    }

    /** What the server does with a handler's mistake on a thread of its own. */
    private static void abort(ServerCall<?, ?> call, RuntimeException mistake) {
        LOG.error("call failed", mistake);
        try {
            call.close(Status.UNKNOWN, new Metadata());
        } catch (IllegalStateException closed) {
            LOG.debug("call closed before", closed);
        }
    }

    private static <Q, A> ServerCall.Listener<Q> begin(
            Context context, Caller caller, ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        return Contexts.interceptCall(context.withValue(RpcCaller.KEY, caller), call, headers, next);
    }

    private static <Q> ServerCall.Listener<Q> refuse(ServerCall<Q, ?> call, ElpisException refusal) {
        Status status = refusal.code() == ErrorCode.UNAUTHENTICATED ? Status.UNAUTHENTICATED : Status.UNAVAILABLE;
        call.close(status.withDescription(refusal.reason()), new Metadata());
        return new ServerCall.Listener<>() {};
    }

    private static String token(Metadata headers) {
        String value = headers.get(BearerCredentials.AUTHORIZATION);
        if (value == null || !value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new ElpisException(ErrorCode.UNAUTHENTICATED, "a bearer token is needed");
        }
        return value.substring(BEARER.length());
    }
}
