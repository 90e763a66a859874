package io.elpis.gateway.routing;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Which service a request belongs to, told by method and path. Paths are looked at as sent: an encoded slash in a
 * document id separates nothing.
 */
public final class RoutingTable {
    private static final Set<String> SEARCHES = Set.of("_search", "_count", "_mget", "_msearch");
    private static final Set<String> READS = Set.of("_doc", "_source");
    private static final Set<String> AUTH_ADMINISTRATION = Set.of("token", "users");

    private RoutingTable() {}

    /** @return null for what the gateway answers itself */
    public static @Nullable BackendService serviceFor(String method, String rawPath) {
        String[] segments = segments(rawPath);
        String first = at(segments, 0);
        String second = at(segments, 1);
        if (first.equals("actuator")) {
            return null;
        }
        if (first.equals("oauth2")
                || first.equals(".well-known")
                || (first.equals("_elpis") && AUTH_ADMINISTRATION.contains(second))) {
            return BackendService.AUTH;
        }
        if (SEARCHES.contains(first) || (SEARCHES.contains(second) && !isApi(first))) {
            return BackendService.AGGREGATOR;
        }
        if (segments.length == 3 && READS.contains(second) && !isApi(first) && isRead(method)) {
            return BackendService.AGGREGATOR;
        }
        return BackendService.INDEX;
    }

    /** Whether sending the request twice does no more than sending it once. */
    public static boolean isRepeatable(String method, BackendService service) {
        return service == BackendService.AGGREGATOR || isRead(method);
    }

    private static boolean isRead(String method) {
        return method.equals("GET") || method.equals("HEAD");
    }

    /** Index names never start with an underscore, save {@code _all}. */
    private static boolean isApi(String segment) {
        return segment.startsWith("_") && !segment.equals("_all");
    }

    private static String at(String[] segments, int position) {
        return position < segments.length ? segments[position] : "";
    }

    private static String[] segments(String rawPath) {
        int from = rawPath.startsWith("/") ? 1 : 0;
        int to = rawPath.endsWith("/") && rawPath.length() > from ? rawPath.length() - 1 : rawPath.length();
        return rawPath.substring(from, to).split("/", -1);
    }
}
