package io.elpis.support.access;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.identity.Caller;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Where handlers find the verified caller of a request: {@code Callers.of(request::getAttribute)} in a servlet service,
 * {@code Callers.of(exchange.getAttributes())} or {@code Callers.of(request.attributes())} in a WebFlux one.
 */
public final class Callers {
    /** Name of the request attribute. */
    public static final String ATTRIBUTE = "io.elpis.caller";

    private Callers() {}

    public static Caller of(Map<String, Object> attributes) {
        return of(attributes::get);
    }

    /** @throws ElpisException UNAUTHENTICATED on a path that an access rule left open */
    public static Caller of(Function<String, @Nullable Object> attributes) {
        if (attributes.apply(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new ElpisException(ErrorCode.UNAUTHENTICATED, "missing authentication credentials for REST request");
    }
}
