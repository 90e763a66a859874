package io.elpis.aggregator.rest;

import io.elpis.aggregator.merge.Coverage;
import io.elpis.aggregator.merge.ShardFailure;
import io.elpis.model.error.ElpisException;
import java.util.List;

/** Shards and what became of them, in OpenSearch's JSON. */
final class ShardsJson {
    private ShardsJson() {}

    static void shards(Coverage coverage, JsonOut out) {
        out.name("_shards").open('{');
        out.name("total").number(coverage.total());
        out.name("successful").number(coverage.successful());
        out.name("skipped").number(0);
        out.name("failed").number(coverage.failures().size());
        if (!coverage.failures().isEmpty()) {
            out.name("failures");
            failures(coverage.failures(), out);
        }
        out.close('}');
    }

    static void failures(List<ShardFailure> failures, JsonOut out) {
        out.open('[');
        for (ShardFailure failure : failures) {
            out.element().open('{');
            out.name("shard").number(failure.target().shard().shard());
            out.name("index").text(failure.target().index().name().value());
            if (failure.node() != null) {
                out.name("node").text(failure.node());
            }
            out.name("reason").open('{');
            cause(failure, out);
            out.close('}');
            // No copy is one; OpenSearch's Java client reads no failure without it.
            out.name("primary").flag(false);
            out.close('}');
        }
        out.close(']');
    }

    /** The members of a shard's error object. */
    static void cause(ShardFailure failure, JsonOut out) {
        ElpisException reason = failure.reason();
        out.name("type").text(reason.code().type());
        out.name("reason").text(reason.reason());
        if (!reason.details().containsKey("index")) {
            out.name("index").text(failure.target().index().name().value());
            out.name("index_uuid").text(failure.target().index().uuid().text());
        }
        reason.details().forEach((name, value) -> {
            out.anyName(name);
            value(value, out);
        });
    }

    private static void value(Object value, JsonOut out) {
        switch (value) {
            case Integer number -> out.number(number.longValue());
            case Long number -> out.number(number);
            case Double number -> out.number(number);
            case Boolean flag -> out.flag(flag);
            default -> out.text(value.toString());
        }
    }
}
