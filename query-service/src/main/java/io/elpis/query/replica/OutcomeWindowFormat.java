package io.elpis.query.replica;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.store.ByteArrayDataInput;
import org.apache.lucene.store.ByteBuffersDataOutput;

/**
 * How a commit holds the outcome window: version byte, table of writers, then one entry after the other with offsets and
 * sequence numbers as differences; in base 64, for commits hold text.
 */
final class OutcomeWindowFormat {
    private static final byte FORMAT = 1;
    private static final int NO_KEY = 0;
    private static final int IDEMPOTENT_KEY = 1;
    private static final int FIRST_WRITER = 2;

    private OutcomeWindowFormat() {}

    static String write(List<OutcomeWindow.Entry> entries) throws IOException {
        ByteBuffersDataOutput out = new ByteBuffersDataOutput();
        out.writeByte(FORMAT);
        Map<OpKey.Writer, Integer> writers = writers(entries);
        out.writeVInt(writers.size());
        for (OpKey.Writer writer : writers.keySet()) {
            out.writeLong(writer.high());
            out.writeLong(writer.low());
        }
        out.writeVInt(entries.size());
        long offset = 0;
        long counter = 0;
        long seqNo = 0;
        for (OutcomeWindow.Entry entry : entries) {
            out.writeZLong(entry.offset() - offset);
            offset = entry.offset();
            switch (entry.key()) {
                case null -> out.writeVInt(NO_KEY);
                case OpKey.Idempotent(String key, int position) -> {
                    out.writeVInt(IDEMPOTENT_KEY);
                    out.writeString(key);
                    out.writeVInt(position);
                }
                case OpKey.Writer writer -> {
                    out.writeVInt(FIRST_WRITER + writers.getOrDefault(origin(writer), 0));
                    out.writeZLong(writer.counter() - counter);
                    counter = writer.counter();
                }
            }
            DocumentOutcome outcome = entry.outcome();
            boolean failed = !outcome.errorType().isEmpty();
            out.writeByte((byte) (outcome.result().ordinal() | (failed ? 0x10 : 0) | (outcome.existed() ? 0x20 : 0)));
            out.writeZLong(outcome.seqNo() - seqNo);
            seqNo = outcome.seqNo();
            out.writeZLong(outcome.version());
            out.writeVLong(outcome.primaryTerm());
            if (failed) {
                out.writeString(outcome.errorType());
                out.writeString(outcome.reason());
            }
        }
        return Base64.getEncoder().encodeToString(out.toArrayCopy());
    }

    static List<OutcomeWindow.Entry> read(String text) throws IOException {
        ByteArrayDataInput in = new ByteArrayDataInput(Base64.getDecoder().decode(text));
        byte format = in.readByte();
        if (format != FORMAT) {
            throw new IOException("outcome window of format " + format);
        }
        OpKey.Writer[] writers = new OpKey.Writer[in.readVInt()];
        for (int at = 0; at < writers.length; at++) {
            writers[at] = new OpKey.Writer(in.readLong(), in.readLong(), 0);
        }
        int count = in.readVInt();
        List<OutcomeWindow.Entry> entries = new ArrayList<>(count);
        long offset = 0;
        long counter = 0;
        long seqNo = 0;
        for (int at = 0; at < count; at++) {
            offset += in.readZLong();
            int origin = in.readVInt();
            OpKey key = null;
            if (origin == IDEMPOTENT_KEY) {
                key = new OpKey.Idempotent(in.readString(), in.readVInt());
            } else if (origin >= FIRST_WRITER) {
                counter += in.readZLong();
                OpKey.Writer writer = writers[origin - FIRST_WRITER];
                key = new OpKey.Writer(writer.high(), writer.low(), counter);
            }
            int bits = in.readByte();
            seqNo += in.readZLong();
            long version = in.readZLong();
            long primaryTerm = in.readVLong();
            boolean failed = (bits & 0x10) != 0;
            String errorType = failed ? in.readString() : "";
            String reason = failed ? in.readString() : "";
            DocumentOutcome.Result result = DocumentOutcome.Result.values()[bits & 0x0f];
            entries.add(new OutcomeWindow.Entry(
                    offset,
                    key,
                    new DocumentOutcome(result, seqNo, version, primaryTerm, errorType, reason, (bits & 0x20) != 0)));
        }
        return entries;
    }

    private static Map<OpKey.Writer, Integer> writers(List<OutcomeWindow.Entry> entries) {
        Map<OpKey.Writer, Integer> writers = new LinkedHashMap<>();
        for (OutcomeWindow.Entry entry : entries) {
            if (entry.key() instanceof OpKey.Writer writer) {
                writers.putIfAbsent(origin(writer), writers.size());
            }
        }
        return writers;
    }

    private static OpKey.Writer origin(OpKey.Writer writer) {
        return new OpKey.Writer(writer.high(), writer.low(), 0);
    }
}
