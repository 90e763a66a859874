package io.elpis.index.ingest;

import io.elpis.model.schema.ShardId;
import io.elpis.protocol.session.LogPosition;
import io.elpis.protocol.session.SessionToken;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a writer has seen, from its request's header to that of the answer. */
final class Sessions {
    private Sessions() {}

    /** @throws io.elpis.model.error.ElpisException ILLEGAL_ARGUMENT when it is none of ours */
    static SessionToken of(HttpServletRequest request) {
        List<String> tokens = Collections.list(request.getHeaders(SessionToken.HEADER));
        return SessionToken.ofHeaders(tokens);
    }

    /** Also for writes that had no effect: whoever is told of a conflict has seen what it was with. */
    static void tell(HttpServletResponse response, SessionToken before, List<Write> written) {
        response.setHeader(SessionToken.HEADER, before.with(positions(written)).text());
    }

    /** Those behind the writes, by shard. */
    static Map<ShardId, LogPosition> positions(List<Write> written) {
        Map<ShardId, LogPosition> positions = new HashMap<>();
        for (Write write : written) {
            long offset = offset(write.result());
            if (offset >= 0) {
                positions.merge(
                        write.shard(),
                        new LogPosition(write.partition().generation(), offset + 1),
                        (a, b) -> a.covers(b) ? a : b);
            }
        }
        return positions;
    }

    /** @return -1 where it is not known, or there is none */
    private static long offset(WriteResult result) {
        return switch (result) {
            case WriteResult.Applied(var _, long offset) -> offset;
            case WriteResult.Undecided(long offset) -> offset;
            case WriteResult.Refused _ -> -1;
        };
    }
}
