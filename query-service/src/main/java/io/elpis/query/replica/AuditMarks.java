package io.elpis.query.replica;

import com.google.protobuf.ByteString;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The latest marks a copy has passed, oldest first: part of its state, bounded by their number. */
record AuditMarks(List<AuditMark> all) {
    static final AuditMarks NONE = new AuditMarks(List.of());

    private static final int KEPT = 16;

    AuditMarks {
        all = List.copyOf(all);
    }

    AuditMarks with(AuditMark mark) {
        List<AuditMark> more = new ArrayList<>(all.subList(Math.max(0, all.size() + 1 - KEPT), all.size()));
        more.add(mark);
        return new AuditMarks(more);
    }

    /** The mark made at this offset; null when it is not, or no longer, here. */
    @Nullable
    AuditMark at(long offset) {
        for (AuditMark mark : all) {
            if (mark.offset() == offset) {
                return mark;
            }
        }
        return null;
    }

    /** As a commit holds it. */
    String toText() {
        StringBuilder text = new StringBuilder();
        for (AuditMark mark : all) {
            text.append(mark.offset())
                    .append(' ')
                    .append(HexFormat.of().formatHex(mark.barrierId().toByteArray()))
                    .append(' ')
                    .append(mark.digest().hex())
                    .append(' ')
                    .append(mark.documents())
                    .append(' ')
                    .append(mark.nextSeqNo())
                    .append('\n');
        }
        return text.toString();
    }

    static AuditMarks ofText(String text) throws IOException {
        List<AuditMark> marks = new ArrayList<>();
        for (String line : text.lines().toList()) {
            String[] parts = line.split(" ", -1);
            try {
                marks.add(new AuditMark(
                        Long.parseLong(parts[0]),
                        ByteString.copyFrom(HexFormat.of().parseHex(parts[1])),
                        Digest.ofHex(parts[2]),
                        Long.parseLong(parts[3]),
                        Long.parseLong(parts[4])));
            } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException unreadable) {
                throw new IOException("commit data with audit mark [" + line + "]", unreadable);
            }
        }
        return new AuditMarks(marks);
    }
}
