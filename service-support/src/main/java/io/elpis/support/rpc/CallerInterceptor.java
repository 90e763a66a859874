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

/** Lets no call in without a good token; costs one cached look-up a call. */
public final class CallerInterceptor implements ServerInterceptor {
    private static final String BEARER = "Bearer ";

    private final TokenVerifier verifier;

    public CallerInterceptor(TokenVerifier verifier) {
        this.verifier = verifier;
    }

    @Override
    public <Q, A> ServerCall.Listener<Q> interceptCall(
            ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
        Caller caller;
        try {
            caller = verifier.verify(token(headers));
        } catch (ElpisException refusal) {
            Status status = refusal.code() == ErrorCode.UNAUTHENTICATED ? Status.UNAUTHENTICATED : Status.UNAVAILABLE;
            call.close(status.withDescription(refusal.reason()), new Metadata());
            return new ServerCall.Listener<>() {};
        }
        return Contexts.interceptCall(Context.current().withValue(RpcCaller.KEY, caller), call, headers, next);
    }

    private static String token(Metadata headers) {
        String value = headers.get(BearerCredentials.AUTHORIZATION);
        if (value == null || !value.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new ElpisException(ErrorCode.UNAUTHENTICATED, "a bearer token is needed");
        }
        return value.substring(BEARER.length());
    }
}
