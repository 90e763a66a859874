package io.elpis.index.ingest;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.catalog.CatalogView;
import io.elpis.index.http.Answers;
import io.elpis.index.http.Parameters;
import io.elpis.index.outcome.OutcomeSource;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.outcome.OperationRef;
import io.elpis.protocol.record.Outcome;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import java.util.Set;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** Tells what became of a write that was answered with 202. */
@RestController
final class OutcomeEndpoint {
    private static final Set<String> PARAMETERS = Set.of("timeout");
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final CatalogView catalog;
    private final OutcomeSource outcomes;
    private final CopyProgress copies;

    OutcomeEndpoint(CatalogView catalog, OutcomeSource outcomes, CopyProgress copies) {
        this.catalog = catalog;
        this.outcomes = outcomes;
        this.copies = copies;
    }

    @GetMapping(Ticket.PATH + "{operation}")
    ResponseEntity<byte[]> outcome(HttpServletRequest request, @PathVariable String operation) {
        Duration timeout = Parameters.of(request, PARAMETERS).patience("timeout", TIMEOUT);
        Ticket ticket = Ticket.parse(operation);
        OperationRef asked = ticket.operation();
        CatalogIndex index = catalog.find(ticket.index());
        if (index == null || index.deleted() || asked.getShard() >= index.logs().size() || asked.getShard() < 0) {
            throw unknown(operation, "there is no index of it");
        }
        return switch (OutcomeVerdict.of(asked, outcomes.find(asked, timeout))) {
            case OutcomeVerdict.Known(Outcome outcome, long offset) ->
                answer(200, told(index, asked, new WriteResult.Applied(outcome, offset)));
            case OutcomeVerdict.Open() ->
                answer(
                        202,
                        told(
                                index,
                                asked,
                                new WriteResult.Undecided(
                                        asked.getExact() ? asked.getAt().getOffset() : -1)));
            case OutcomeVerdict.Forgotten() ->
                throw new ElpisException(
                        ErrorCode.GONE,
                        "operation [" + operation + "] may have been applied so long ago that its outcome has left the"
                                + " window in which it is remembered");
            case OutcomeVerdict.Unknown() -> throw unknown(operation, "the log does not hold it");
        };
    }

    private static ElpisException unknown(String operation, String why) {
        return new ElpisException(ErrorCode.RESOURCE_NOT_FOUND, "operation [" + operation + "] is not known: " + why);
    }

    private static ToldWrite told(CatalogIndex index, OperationRef asked, WriteResult result) {
        return new ToldWrite(
                index.name().value(),
                index,
                asked.getShard(),
                asked.getId(),
                asked.getOpId(),
                asked.getAt().getOffset(),
                result);
    }

    private ResponseEntity<byte[]> answer(int status, ToldWrite write) {
        return Answers.object(status, out -> {
            ElpisException failure = WriteAnswers.failure(write);
            if (failure == null) {
                new WriteAnswers(copies, false).members(out, write);
            } else {
                out.writeStringProperty("_index", write.name());
                out.writeStringProperty("_id", write.id());
                WriteAnswers.error(out, failure);
            }
            out.writeNumberProperty("status", WriteAnswers.status(write.result()));
        });
    }
}
