package io.elpis.index.byquery;

import io.elpis.model.body.BodyReader;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.QueryParser;
import io.elpis.model.search.SourceFilter;
import io.elpis.model.search.SourceFilterParser;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** The body of {@code _reindex}, read member by member. */
final class ReindexBody {
    List<String> sources = List.of();
    QueryNode query = new QueryNode.MatchAll(1f);
    SourceFilter filter = SourceFilter.ALL;

    @Nullable
    Integer batchSize;

    String destination = "";
    boolean create;

    /** Empty: internal. */
    String versionType = "";

    @Nullable
    Long maxDocs;

    @Nullable
    String conflicts;

    private final BodyReader in;

    private ReindexBody(BodyReader in) {
        this.in = in;
    }

    /** @throws ElpisException PARSING, or ACTION_REQUEST_VALIDATION when source or destination is missing */
    static ReindexBody parse(byte[] body) {
        try (BodyReader in = new BodyReader(body)) {
            ReindexBody read = new ReindexBody(in);
            if (in.startsObject()) {
                for (String name = in.nextMember(); name != null; name = in.nextMember()) {
                    read.member(name);
                }
                in.expectEnd();
            }
            read.check();
            return read;
        }
    }

    private void member(String name) {
        switch (name) {
            case "source" -> {
                object(name);
                for (String member = in.nextMember(); member != null; member = in.nextMember()) {
                    source(member);
                }
            }
            case "dest" -> {
                object(name);
                for (String member = in.nextMember(); member != null; member = in.nextMember()) {
                    destination(member);
                }
            }
            case "max_docs", "size" -> maxDocs = (long) in.whole(name);
            case "conflicts" -> conflicts = in.text(name);
            case "script" -> throw ByQueryBody.noScripts();
            default -> throw in.mistake("[reindex] unknown field [" + name + "]");
        }
    }

    private void object(String name) {
        in.expect(JsonToken.START_OBJECT, "[reindex] failed to parse field [" + name + "]");
    }

    private void source(String name) {
        switch (name) {
            case "index" -> sources = in.texts(name);
            case "query" -> query = QueryParser.parse(in);
            case "_source" -> filter = SourceFilterParser.parse(in);
            case "size" -> batchSize = in.whole(name);
            default -> throw in.mistake("[reindex] [source] does not support [" + name + "] here");
        }
    }

    private void destination(String name) {
        switch (name) {
            case "index" -> destination = in.text(name);
            case "op_type" ->
                create = switch (in.text(name)) {
                    case "index" -> false;
                    case "create" -> true;
                    default -> throw in.mistake("opType must be 'create' or 'index', found: [" + in.text(name) + "]");
                };
            case "version_type" ->
                versionType = switch (in.text(name)) {
                    case "internal" -> "";
                    case "external", "external_gt" -> "external";
                    case "external_gte" -> "external_gte";
                    default -> throw in.mistake("No version type match [" + in.text(name) + "]");
                };
            case "routing" -> {
                if (!in.text(name).equals("keep")) {
                    throw in.mistake("[routing] other than [keep] is not supported");
                }
            }
            default -> throw in.mistake("[reindex] [dest] does not support [" + name + "] here");
        }
    }

    private void check() {
        List<String> mistakes = new ArrayList<>();
        if (sources.isEmpty()) {
            mistakes.add("use _all if you really want to copy from all existing indexes");
        }
        if (destination.isEmpty()) {
            mistakes.add("index is missing");
        }
        if (create && !versionType.isEmpty()) {
            mistakes.add("create operations only support internal versioning. use index instead");
        }
        if (!filter.enabled()) {
            mistakes.add("[_source] must not be disabled: there would be nothing to copy");
        }
        if (!mistakes.isEmpty()) {
            throw invalid(mistakes);
        }
    }

    static ElpisException invalid(List<String> mistakes) {
        StringBuilder reason = new StringBuilder("Validation Failed: ");
        for (int at = 0; at < mistakes.size(); at++) {
            reason.append(at + 1).append(": ").append(mistakes.get(at)).append(';');
        }
        return new ElpisException(ErrorCode.ACTION_REQUEST_VALIDATION, reason.toString());
    }
}
