package io.elpis.index.byquery;

import io.elpis.model.body.BodyReader;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.QueryParser;
import org.jspecify.annotations.Nullable;

/**
 * The body of {@code _delete_by_query} and {@code _update_by_query}.
 *
 * @param conflicts null where it is not said, as the others
 */
record ByQueryBody(
        @Nullable QueryNode query,
        @Nullable Long maxDocs,
        @Nullable String conflicts) {

    /** @param body no bytes: nothing is said */
    static ByQueryBody parse(byte[] body) {
        try (BodyReader in = new BodyReader(body)) {
            QueryNode query = null;
            Long maxDocs = null;
            String conflicts = null;
            if (!in.startsObject()) {
                return new ByQueryBody(null, null, null);
            }
            for (String name = in.nextMember(); name != null; name = in.nextMember()) {
                switch (name) {
                    case "query" -> query = QueryParser.parse(in);
                    case "max_docs", "size" -> maxDocs = (long) in.whole(name);
                    case "conflicts" -> conflicts = in.text(name);
                    case "script" -> throw noScripts();
                    default -> throw in.mistake("request does not support [" + name + "]");
                }
            }
            in.expectEnd();
            return new ByQueryBody(query, maxDocs, conflicts);
        }
    }

    static ElpisException noScripts() {
        return new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, "[script] is not supported: there are no scripts here");
    }
}
