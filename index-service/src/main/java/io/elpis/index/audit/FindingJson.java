package io.elpis.index.audit;

import io.elpis.model.json.Json;
import tools.jackson.core.JsonGenerator;

/** Findings as callers see them. */
final class FindingJson {
    /** Enough to tell digests apart by eye. */
    private static final int DIGITS = 16;

    private FindingJson() {}

    static byte[] write(ShardFinding finding) {
        return Json.write(out -> {
            out.writeStartObject();
            out.writeNumberProperty("shard", finding.shard());
            out.writeNumberProperty("generation", finding.mark().generation());
            out.writeNumberProperty("offset", finding.mark().offset());
            out.writeStringProperty("verdict", finding.verdict().word());
            out.writeArrayPropertyStart("copies");
            finding.copies().forEach(copy -> write(out, copy));
            out.writeEndArray();
            out.writeEndObject();
        });
    }

    private static void write(JsonGenerator out, ShardFinding.Copy copy) {
        out.writeStartObject();
        out.writeStringProperty("node", copy.node());
        CopyAnswer.Content content = copy.content();
        if (content != null) {
            out.writeStringProperty("digest", shortened(content.digest()));
            out.writeNumberProperty("documents", content.documents());
            out.writeNumberProperty("next_seq_no", content.nextSeqNo());
        }
        out.writeBooleanProperty("verified", copy.verified());
        out.writeStringProperty("verdict", copy.verdict().word());
        out.writeStringProperty("reason", copy.reason());
        out.writeEndObject();
    }

    private static String shortened(String digest) {
        return digest.length() > DIGITS ? digest.substring(0, DIGITS) : digest;
    }
}
