package io.elpis.index.ingest;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.record.Condition;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes write requests of updates, with OpenSearch's checks of what contradicts itself. */
final class UpdateRequests {
    private UpdateRequests() {}

    /**
     * What is said of an update outside its body.
     *
     * @param docAsUpsert for a body that does not say
     * @param retryOnConflict null: not said. Updates are decided in the log one after the other, so none ever has to be
     *     tried again
     */
    record Said(
            @Nullable Long ifSeqNo,
            @Nullable Long ifPrimaryTerm,
            @Nullable Long retryOnConflict,
            boolean docAsUpsert) {}

    /** @throws ElpisException PARSING or ACTION_REQUEST_VALIDATION */
    static WriteRequest of(String index, String id, @Nullable String routing, Said said, BodyPart body) {
        UpdateBody wanted = UpdateBody.parse(body);
        Condition condition = Conditions.of(
                WriteKind.UPDATE,
                wanted.ifSeqNo() == null ? said.ifSeqNo : wanted.ifSeqNo(),
                wanted.ifPrimaryTerm() == null ? said.ifPrimaryTerm : wanted.ifPrimaryTerm(),
                null,
                null);
        boolean docAsUpsert = wanted.docAsUpsert() == null ? said.docAsUpsert : wanted.docAsUpsert();
        List<String> mistakes = new ArrayList<>();
        if (said.retryOnConflict != null && said.retryOnConflict < 0) {
            mistakes.add("retry_on_conflict must not be negative, found: [" + said.retryOnConflict + "]");
        }
        if (condition != null) {
            conditional(wanted, said, docAsUpsert, mistakes);
        }
        BodyPart doc = wanted.doc();
        if (doc == null) {
            mistakes.add("script or doc is missing");
            if (docAsUpsert) {
                mistakes.add("doc must be specified if doc_as_upsert is enabled");
            }
        }
        if (doc == null || !mistakes.isEmpty()) {
            throw invalid(mistakes);
        }
        return new WriteRequest(
                WriteKind.UPDATE,
                index,
                id,
                routing,
                condition,
                new WriteContent.Change(doc, wanted.upsert(), docAsUpsert, wanted.detectNoop()));
    }

    private static void conditional(UpdateBody wanted, Said said, boolean docAsUpsert, List<String> mistakes) {
        if (said.retryOnConflict != null && said.retryOnConflict > 0) {
            mistakes.add("compare and write operations can not be retried");
        }
        if (docAsUpsert) {
            mistakes.add("compare and write operations can not be used with upsert");
        }
        if (wanted.upsert() != null) {
            mistakes.add("upsert requests don't support `if_seq_no` and `if_primary_term`");
        }
    }

    private static ElpisException invalid(List<String> mistakes) {
        StringBuilder reason = new StringBuilder("Validation Failed: ");
        for (int i = 0; i < mistakes.size(); i++) {
            reason.append(i + 1).append(": ").append(mistakes.get(i)).append(';');
        }
        return new ElpisException(ErrorCode.ACTION_REQUEST_VALIDATION, reason.toString());
    }
}
