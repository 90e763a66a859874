package io.elpis.query.replica;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.TextFormat;
import io.elpis.protocol.letter.DeadLetter;
import io.elpis.protocol.record.LogRecord;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.lucene.store.Directory;

/** Tells in words what the records of a log say, what became of each, and what a copy holds in the end. */
final class GoldenAccount {
    private final List<LogEntry> entries;
    private final Map<Long, DocumentOutcome> outcomes = new TreeMap<>();
    private final List<DeadLetter> letters = new ArrayList<>();

    private GoldenAccount(List<LogEntry> entries) {
        this.entries = entries;
    }

    /** Record by record. */
    static String of(List<LogEntry> entries) throws IOException {
        GoldenAccount account = new GoldenAccount(entries);
        try (ShardCopy copy = account.open(CrashingDirectory.newDisk())) {
            for (LogEntry entry : entries) {
                account.apply(copy, List.of(entry));
            }
            return account.told(copy);
        }
    }

    /** Piece by piece, each by a copy that was opened anew from the commit of the one before. */
    static String ofPieces(List<LogEntry> entries) throws IOException {
        GoldenAccount account = new GoldenAccount(entries);
        Directory disk = CrashingDirectory.newDisk();
        int from = 0;
        while (true) {
            CrashingDirectory power = new CrashingDirectory(disk);
            try (ShardCopy copy = account.open(power)) {
                int to = Math.min(entries.size(), from + Math.max(7, from / 2));
                account.apply(copy, entries.subList(from, to));
                copy.commit();
                if (to == entries.size()) {
                    return account.told(copy);
                }
                from = to;
            }
            disk = power.diskAfterPowerLoss(true);
        }
    }

    private ShardCopy open(Directory disk) throws IOException {
        return ShardCopy.open(disk, TestLog.IDENTITY, CopySettings.DEFAULT, new LogSchemas(), letter -> {
            letters.add(letter);
            return CompletableFuture.allOf();
        });
    }

    private void apply(ShardCopy copy, List<LogEntry> piece) throws IOException {
        copy.apply(piece);
        Objects.requireNonNull(copy.outcomes(piece.getFirst().offset(), piece.size()))
                .forEach(found -> outcomes.put(found.offset(), found.outcome()));
    }

    private String told(ShardCopy copy) throws IOException {
        List<String> lines = new ArrayList<>();
        for (int from = 0; from < entries.size(); ) {
            int to = GoldenLog.endOfRun(entries, from);
            lines.add(from + (to - from > 1 ? " to " + (to - 1) : "") + ": " + said(entries.get(from)));
            for (int offset = from; offset < to; offset++) {
                DocumentOutcome outcome = outcomes.get((long) offset);
                if (outcome != null) {
                    lines.add("    " + told(outcome));
                }
            }
            from = to;
        }
        letters.forEach(letter -> lines.add("dead letter: "
                + TextFormat.printer()
                        .emittingSingleLine(true)
                        .printToString(letter)
                        .strip()));
        CopyContent content = CopyContent.of(copy);
        content.documents().forEach((id, document) -> lines.add("document " + id + ": " + document));
        tell(content.state(), lines);
        return String.join("\n", lines) + "\n";
    }

    private static void tell(CommitPoint state, List<String> lines) {
        for (AuditMark mark : state.marks().all()) {
            lines.add("mark at " + mark.offset() + ": " + mark.barrierId().toStringUtf8() + " digest "
                    + mark.digest().hex() + " documents " + mark.documents() + " next seq_no " + mark.nextSeqNo());
        }
        lines.add("remembered outcomes: " + state.outcomes().size());
        lines.add("next offset: " + state.nextOffset());
        lines.add("next seq_no: " + state.nextSeqNo());
        lines.add("documents: " + state.documents());
        lines.add("digest: " + state.digest().hex());
        lines.add("tombstones dropped up to: " + state.tombstoneFloor());
        lines.add("apply logic: " + state.applyLogic());
        lines.add("mapping version: " + state.mapping().version());
    }

    private static String said(LogEntry entry) {
        try {
            return TextFormat.printer()
                    .emittingSingleLine(true)
                    .printToString(LogRecord.parseFrom(entry.value()))
                    .strip();
        } catch (InvalidProtocolBufferException unreadable) {
            return "no record";
        }
    }

    private static String told(DocumentOutcome outcome) {
        return outcome.result() + " seq_no " + outcome.seqNo() + " version " + outcome.version() + " term "
                + outcome.primaryTerm()
                + (outcome.existed() ? " existed" : "")
                + (outcome.errorType().isEmpty() ? "" : " " + outcome.errorType() + ": " + outcome.reason());
    }
}
