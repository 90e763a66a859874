package io.elpis.support.rpc;

import io.elpis.support.identity.Caller;
import io.grpc.Context;
import io.grpc.Status;
import org.jspecify.annotations.Nullable;

/** Where gRPC handlers find the verified caller: in the call's {@link Context}. */
public final class RpcCaller {
    static final Context.Key<Caller> KEY = Context.key("caller");

    private RpcCaller() {}

    /** Must be called on the thread, or in the context, that the handler was called with. */
    public static Caller current() {
        @Nullable Caller caller = KEY.get();
        if (caller == null) {
            throw Status.UNAUTHENTICATED
                    .withDescription("no caller in this context")
                    .asRuntimeException();
        }
        return caller;
    }

    /** @throws io.grpc.StatusRuntimeException PERMISSION_DENIED when the caller lacks the scope */
    public static Caller require(String scope) {
        Caller caller = current();
        if (!caller.may(scope)) {
            throw Status.PERMISSION_DENIED
                    .withDescription("no permissions for [" + scope + "] and user [" + caller.subject() + "]")
                    .asRuntimeException();
        }
        return caller;
    }
}
