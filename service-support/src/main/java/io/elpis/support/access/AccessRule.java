package io.elpis.support.access;

import java.util.Set;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/**
 * @param methods none = every method
 * @param path a Spring path pattern, matched against the path as sent (encoded)
 */
public record AccessRule(Set<String> methods, PathPattern path, Requirement requirement) {
    public AccessRule {
        methods = Set.copyOf(methods);
    }

    public static AccessRule open(String path, String... methods) {
        return new AccessRule(Set.of(methods), parsed(path), new Requirement.Open());
    }

    public static AccessRule scope(String scope, String path, String... methods) {
        return new AccessRule(Set.of(methods), parsed(path), new Requirement.Scope(scope));
    }

    public static AccessRule authenticated(String path, String... methods) {
        return new AccessRule(Set.of(methods), parsed(path), new Requirement.Authenticated());
    }

    boolean covers(String method, PathContainer requested) {
        return (methods.isEmpty() || methods.contains(method)) && path.matches(requested);
    }

    private static PathPattern parsed(String path) {
        return PathPatternParser.defaultInstance.parse(path);
    }
}
