package io.elpis.support.access;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.support.identity.Caller;
import io.elpis.support.identity.Scopes;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.server.PathContainer;

/** Decides what a request must bring along, and whether its caller has it. */
public final class AccessRules {
    private static final Requirement OTHERWISE = new Requirement.Authenticated();
    private static final String BEARER = "Bearer ";

    private final List<AccessRule> rules;

    public AccessRules(List<AccessRule> own) {
        List<AccessRule> all = new ArrayList<>(own);
        all.add(AccessRule.open("/actuator/health/**", "GET", "HEAD"));
        all.add(AccessRule.scope(Scopes.MONITOR, "/actuator/**"));
        this.rules = List.copyOf(all);
    }

    /**
     * @param path as sent, still encoded
     * @throws ElpisException ILLEGAL_ARGUMENT for a path that could mean one thing here and another further in
     */
    public Requirement requirement(String method, String path) {
        refuseAmbiguous(path);
        PathContainer requested = PathContainer.parsePath(path);
        for (AccessRule rule : rules) {
            if (rule.covers(method, requested)) {
                return rule.requirement();
            }
        }
        return OTHERWISE;
    }

    /** @throws ElpisException FORBIDDEN when the caller lacks the scope */
    public static void check(Requirement requirement, Caller caller) {
        if (requirement instanceof Requirement.Scope(String scope) && !caller.may(scope)) {
            throw new ElpisException(
                    ErrorCode.FORBIDDEN, "no permissions for [" + scope + "] and user [" + caller.subject() + "]");
        }
    }

    /**
     * @param authorization the header's value
     * @return the token
     * @throws ElpisException UNAUTHENTICATED when there is none
     */
    public static String bearer(@Nullable String authorization) {
        if (authorization == null) {
            throw new ElpisException(ErrorCode.UNAUTHENTICATED, "missing authentication credentials for REST request");
        }
        if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
            throw new ElpisException(ErrorCode.UNAUTHENTICATED, "a bearer token is needed here");
        }
        return authorization.substring(BEARER.length()).trim();
    }

    private static void refuseAmbiguous(String path) {
        if (path.indexOf('.') < 0 && path.indexOf('%') < 0) {
            return;
        }
        for (String segment : path.split("/", -1)) {
            String plain = segment.replace("%2e", ".").replace("%2E", ".");
            int parameters = plain.indexOf(';');
            String name = parameters < 0 ? plain : plain.substring(0, parameters);
            if (name.equals(".") || name.equals("..")) {
                throw new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "the path must not contain [.] or [..]");
            }
        }
    }
}
