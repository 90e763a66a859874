package io.elpis.support.access;

import java.util.List;

/**
 * A service's own rules, as a bean: the first that covers a request decides. Without one, and for what it does not
 * cover, health is open, the rest of the actuator needs {@code monitor}, everything else a valid token.
 */
@FunctionalInterface
public interface AccessPolicy {
    List<AccessRule> rules();
}
