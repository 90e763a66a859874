package io.elpis.query.scan;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.protocol.scan.PointInTime;
import io.elpis.protocol.scan.ScanCursor;
import io.elpis.query.lucene.SystemField;
import io.elpis.query.replica.CopyView;
import io.elpis.query.search.Budget;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CancellationException;
import org.apache.lucene.search.FieldDoc;
import org.apache.lucene.search.IndexSearcher;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.ScoreDoc;
import org.apache.lucene.search.Sort;
import org.apache.lucene.search.SortField;
import org.apache.lucene.search.TopFieldCollectorManager;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * One open point in time of a copy and the query it is read with. One pass over the shard finds the documents of many
 * answers: a window of the order, kept until a cursor leaves it.
 */
final class Scan {
    /** The order of all copies. */
    private static final Sort ORDER = new Sort(
            new SortField(SystemField.TIE, SortField.Type.LONG),
            new SortField(SystemField.ID, SortField.Type.STRING_VAL));

    final CopyView view;
    final PointInTime point;
    final long total;
    private final Query query;
    private final int windowSize;

    @GuardedBy("this")
    private @Nullable Window window;

    /** @param last the order ends with these documents */
    private record Window(@Nullable ScanCursor after, List<FieldDoc> documents, boolean last) {}

    /**
     * Takes over the view.
     *
     * @param windowSize documents that are remembered at a time
     */
    Scan(CopyView view, PointInTime point, long total, Query query, int windowSize) {
        this.view = view;
        this.point = point;
        this.total = total;
        this.query = query;
        this.windowSize = windowSize;
    }

    /** @param last nothing follows them */
    record Part(List<FieldDoc> documents, boolean last) {}

    /** The documents behind a cursor. */
    synchronized Part after(@Nullable ScanCursor cursor, int limit, Budget budget) throws IOException {
        Window known = window;
        int from = known == null ? -1 : place(known, cursor);
        if (known == null || from < 0 || (from == known.documents.size() && !known.last)) {
            known = search(cursor, Math.max(limit, windowSize), budget);
            window = known;
            from = 0;
        }
        int to = Math.min(known.documents.size(), from + limit);
        return new Part(known.documents.subList(from, to), known.last && to == known.documents.size());
    }

    private Window search(@Nullable ScanCursor cursor, int limit, Budget budget) throws IOException {
        IndexSearcher searcher = new IndexSearcher(view.reader());
        searcher.setTimeout(budget);
        int top = Math.min(limit, Math.max(1, view.reader().maxDoc()));
        ScoreDoc[] found = searcher.search(
                        query, new TopFieldCollectorManager(ORDER, top, after(cursor), Integer.MAX_VALUE))
                .scoreDocs;
        if (budget.shouldExit()) {
            throw new CancellationException("nobody waits for the answer");
        }
        List<FieldDoc> documents = new ArrayList<>(found.length);
        for (ScoreDoc each : found) {
            documents.add((FieldDoc) each);
        }
        return new Window(
                cursor,
                documents,
                documents.size() < top || top == view.reader().maxDoc());
    }

    /** Lucene's own number only tells documents apart that are equal in the order, and no two are. */
    private static @Nullable FieldDoc after(@Nullable ScanCursor cursor) {
        return cursor == null
                ? null
                : new FieldDoc(Integer.MAX_VALUE, Float.NaN, new Object[] {
                    SystemField.tie(cursor.getTie()), new BytesRef(cursor.getId())
                });
    }

    /** Which of the window's documents is the first behind the cursor; -1 when the window cannot tell. */
    private static int place(Window window, @Nullable ScanCursor cursor) {
        if (Objects.equals(window.after, cursor)) {
            return 0;
        }
        if (cursor == null) {
            return -1;
        }
        long tie = SystemField.tie(cursor.getTie());
        BytesRef id = new BytesRef(cursor.getId());
        int low = 0;
        int high = window.documents.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (compare(window.documents.get(middle), tie, id) <= 0) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        // Only a document of the window says that what is behind it starts here.
        return low > 0 && compare(window.documents.get(low - 1), tie, id) == 0 ? low : -1;
    }

    private static int compare(FieldDoc document, long tie, BytesRef id) {
        int order = Long.compare(tieOf(document), tie);
        return order != 0 ? order : idOf(document).compareTo(id);
    }

    static long tieOf(FieldDoc document) {
        return (Long) document.fields[0];
    }

    static BytesRef idOf(FieldDoc document) {
        return (BytesRef) document.fields[1];
    }
}
