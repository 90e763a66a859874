package io.elpis.model.bulk;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes a bulk body apart. A line that is no action breaks one item only: the line behind it counts as that item's
 * document unless it is an action itself.
 */
public final class BulkParser {
    private final byte[] body;
    private final @Nullable String defaultIndex;
    private final List<BulkItem> items = new ArrayList<>();
    private int at;
    private int lineNumber;

    private BulkParser(byte[] body, @Nullable String defaultIndex) {
        this.body = body;
        this.defaultIndex = defaultIndex;
    }

    /**
     * @param defaultIndex of lines that name none
     * @throws ElpisException when the request as a whole is broken
     */
    public static List<BulkItem> parse(byte[] body, @Nullable String defaultIndex) {
        if (body.length == 0) {
            throw new ElpisException(ErrorCode.PARSING, "request body is required");
        }
        if (body[body.length - 1] != '\n') {
            throw new ElpisException(
                    ErrorCode.ILLEGAL_ARGUMENT, "The bulk request must be terminated by a newline [\\n]");
        }
        BulkParser parser = new BulkParser(body, defaultIndex);
        parser.parse();
        if (parser.items.isEmpty()) {
            throw new ElpisException(ErrorCode.ACTION_REQUEST_VALIDATION, "Validation Failed: 1: no requests added;");
        }
        return parser.items;
    }

    private void parse() {
        while (at < body.length) {
            int start = at;
            int length = nextLine();
            if (length > 0) {
                item(start, length);
            }
        }
    }

    private void item(int start, int length) {
        ActionLine line = new ActionLine(lineNumber, defaultIndex);
        @Nullable ElpisException failure = null;
        try {
            line.read(body, start, length);
        } catch (ElpisException e) {
            failure = e;
        }
        if (failure != null && !line.isKnown()) {
            skipDocument();
            items.add(line.broken(failure));
            return;
        }
        int sourceStart = at;
        int sourceLength = line.action().hasSource() && at < body.length ? nextLine() : 0;
        if (failure == null && line.action().hasSource() && sourceLength == 0) {
            failure = ActionLine.mistake("Malformed action/metadata line [" + lineNumber + "], expected a document");
        }
        items.add(failure == null ? line.operation(sourceStart, sourceLength) : line.broken(failure));
    }

    /** The line behind a broken one, unless it is an action. */
    private void skipDocument() {
        if (at == body.length) {
            return;
        }
        int start = at;
        int number = lineNumber;
        int length = nextLine();
        ActionLine line = new ActionLine(lineNumber, defaultIndex);
        try {
            line.read(body, start, length);
        } catch (ElpisException e) {
            // Whether it is an action is told by isKnown.
        }
        if (line.isKnown()) {
            at = start;
            lineNumber = number;
        }
    }

    /** Moves behind the line; its length without line end and without trailing white space. */
    private int nextLine() {
        int start = at;
        int end = start;
        while (body[end] != '\n') {
            end++;
        }
        at = end + 1;
        lineNumber++;
        while (end > start && (body[end - 1] == '\r' || body[end - 1] == ' ' || body[end - 1] == '\t')) {
            end--;
        }
        return end - start;
    }
}
