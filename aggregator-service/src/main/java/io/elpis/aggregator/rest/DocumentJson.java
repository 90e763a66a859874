package io.elpis.aggregator.rest;

import io.elpis.model.error.ElpisException;
import io.elpis.protocol.node.GetResponse;
import io.elpis.protocol.node.HitContent;

/** Single documents in OpenSearch's JSON. */
final class DocumentJson {
    private DocumentJson() {}

    static void document(String index, String id, GetResponse answer, JsonOut out) {
        out.open('{');
        out.name("_index").text(index);
        out.name("_id").text(id);
        if (answer.getFound()) {
            HitContent content = answer.getContent();
            out.name("_version").number(content.getVersion());
            out.name("_seq_no").number(content.getSeqNo());
            out.name("_primary_term").number(content.getPrimaryTerm());
            if (!content.getRouting().isEmpty()) {
                out.name("_routing").text(content.getRouting());
            }
            out.name("found").flag(true);
            if (content.hasSource()) {
                out.name("_source").raw(content.getSource());
            }
        } else {
            out.name("found").flag(false);
        }
        out.close('}');
    }

    /** A document of a multi-get that could not be read. */
    static void failure(String index, String id, ElpisException failure, JsonOut out) {
        out.open('{');
        out.name("_index").text(index);
        out.name("_id").text(id);
        out.name("error").open('{');
        out.name("root_cause").open('[').open('{');
        cause(failure, out);
        out.close('}').close(']');
        cause(failure, out);
        out.close('}').close('}');
    }

    private static void cause(ElpisException failure, JsonOut out) {
        out.name("type").text(failure.code().type());
        out.name("reason").text(failure.reason());
        failure.details().forEach((name, value) -> out.anyName(name).text(value.toString()));
    }
}
