package io.elpis.support.identity;

import java.util.Set;

/** What a token can allow. */
public final class Scopes {
    public static final String READ = "read";
    public static final String WRITE = "write";
    public static final String MANAGE = "manage";
    public static final String MONITOR = "monitor";

    /** Administers users: who may do what, and with which password. */
    public static final String SECURITY = "security";

    /** Held by services only: streams and calls between them. */
    public static final String INTERNAL = "internal";

    /** What an account may be given. */
    public static final Set<String> FOR_USERS = Set.of(READ, WRITE, MANAGE, MONITOR, SECURITY);

    private Scopes() {}
}
