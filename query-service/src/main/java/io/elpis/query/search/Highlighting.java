package io.elpis.query.search;

import io.elpis.analysis.budget.AnalysisBudget;
import io.elpis.model.query.QueryNode;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import io.elpis.model.search.Highlight;
import io.elpis.model.search.Wildcard;
import io.elpis.protocol.node.HighlightedField;
import io.elpis.query.lucene.QueryTranslator;
import io.elpis.query.lucene.RefusingAnalyzer;
import io.elpis.query.lucene.Schema;
import io.elpis.query.lucene.TextRefused;
import io.elpis.query.replica.CopyView;
import java.io.IOException;
import java.text.BreakIterator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.lucene.search.Query;
import org.apache.lucene.search.uhighlight.LengthGoalBreakIterator;
import org.apache.lucene.search.uhighlight.Passage;
import org.apache.lucene.search.uhighlight.PassageFormatter;
import org.apache.lucene.search.uhighlight.UnifiedHighlighter;
import org.apache.lucene.search.uhighlight.WholeBreakIterator;
import org.apache.lucene.util.BytesRef;
import org.apache.lucene.util.BytesRefHash.MaxBytesLengthExceededException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Marks the sought terms in the sources of one copy's hits. Texts are analyzed again: nothing is kept for it. */
final class Highlighting {
    private static final Logger LOG = LoggerFactory.getLogger(Highlighting.class);
    private static final int LONGEST_TEXT = 1_000_000;
    private static final Comparator<Passage> BEST_FIRST =
            Comparator.comparing(Passage::getScore).reversed().thenComparing(Passage::getStartOffset);

    private final Map<String, FieldHighlighter> fields = new LinkedHashMap<>();
    private final Set<String> sources = new TreeSet<>();
    private final AnalysisBudget analysis;

    /** @param analysis for the texts of all hits */
    Highlighting(Highlight highlight, QueryNode query, CopyView view, long now, AnalysisBudget analysis) {
        this.analysis = analysis;
        Schema schema = view.schema();
        Query translated = new QueryTranslator(schema, now, false).translate(query);
        for (Highlight.Field field : highlight.fields()) {
            for (FieldMapping mapping : schema.mapping().fields()) {
                if (isText(mapping) && Wildcard.matches(field.field(), mapping.path())) {
                    FieldHighlighter made = FieldHighlighter.of(highlight, field, mapping, translated, schema);
                    fields.putIfAbsent(mapping.path(), made);
                    sources.add(made.source());
                }
            }
        }
    }

    private static boolean isText(FieldMapping field) {
        return field.type() == FieldType.TEXT || field.type() == FieldType.KEYWORD;
    }

    /** Fields without a sought term are left out, and those whose texts cannot be analyzed. */
    List<HighlightedField> highlight(BytesRef source) throws IOException {
        Map<String, List<String>> texts = SourceTexts.of(source, sources);
        return analysis.<List<HighlightedField>, IOException>share(() -> highlight(texts));
    }

    private List<HighlightedField> highlight(Map<String, List<String>> texts) throws IOException {
        List<HighlightedField> highlighted = new ArrayList<>();
        for (Map.Entry<String, FieldHighlighter> field : fields.entrySet()) {
            List<String> fragments = field.getValue()
                    .fragments(texts.getOrDefault(field.getValue().source(), List.of()));
            if (!fragments.isEmpty()) {
                highlighted.add(HighlightedField.newBuilder()
                        .setField(field.getKey())
                        .addAllFragments(fragments)
                        .build());
            }
        }
        return highlighted;
    }

    /**
     * @param source where the field's text is: the path of a multi-field's parent
     * @param passages most fragments; 0: the field's values as a whole
     */
    private record FieldHighlighter(
            String path, String source, Query query, UnifiedHighlighter highlighter, int passages, boolean byScore) {

        static FieldHighlighter of(
                Highlight highlight, Highlight.Field field, FieldMapping mapping, Query query, Schema schema) {
            int size = field.fragmentSize() != null ? field.fragmentSize() : highlight.fragmentSize();
            int number = field.numberOfFragments() != null ? field.numberOfFragments() : highlight.numberOfFragments();
            String pre = first(field.preTags() != null ? field.preTags() : highlight.preTags(), "<em>");
            String post = first(field.postTags() != null ? field.postTags() : highlight.postTags(), "</em>");
            UnifiedHighlighter.Builder builder = UnifiedHighlighter.builderWithoutSearcher(
                            new RefusingAnalyzer(schema.analyzerOf(mapping)))
                    .withMaxLength(LONGEST_TEXT)
                    .withBreakIterator(() -> breaks(number == 0 ? 0 : size))
                    .withFormatter(new Fragments(pre, post))
                    .withMaxNoHighlightPassages(0)
                    // Otherwise a clause on another field, which the text at hand cannot match, unmarks everything.
                    .withWeightMatches(false);
            boolean byScore = field.byScore() != null ? field.byScore() : highlight.byScore();
            if (byScore) {
                builder.withPassageSortComparator(BEST_FIRST);
            }
            if (!highlight.requireFieldMatch()) {
                builder.withFieldMatcher(_ -> true);
            }
            return new FieldHighlighter(
                    mapping.path(), source(mapping.path(), schema), query, builder.build(), number, byScore);
        }

        private static BreakIterator breaks(int size) {
            return size == 0
                    ? new WholeBreakIterator()
                    : LengthGoalBreakIterator.createClosestToLength(
                            BreakIterator.getSentenceInstance(Locale.ROOT), size, 0.5f);
        }

        private static String first(List<String> tags, String otherwise) {
            return tags.isEmpty() ? otherwise : tags.getFirst();
        }

        /** A multi-field has no place of its own in the source. */
        private static String source(String path, Schema schema) {
            int dot = path.lastIndexOf('.');
            return dot > 0 && schema.field(path.substring(0, dot)) != null ? path.substring(0, dot) : path;
        }

        /** A text that its analyzer refuses, or that is too long for a term, says nothing against hit and search. */
        private @Nullable Object found(String text) throws IOException {
            try {
                return highlighter.highlightWithoutSearcher(path, query, text, Math.max(passages, 1));
            } catch (TextRefused | MaxBytesLengthExceededException unfit) {
                LOG.atDebug().setCause(unfit).addKeyValue("field", path).log("text not highlighted");
                return null;
            }
        }

        /** Of several values each is highlighted by itself. */
        List<String> fragments(List<String> texts) throws IOException {
            List<Fragment> fragments = new ArrayList<>();
            for (String text : texts) {
                if (found(text) instanceof List<?> list) {
                    list.forEach(fragment -> fragments.add((Fragment) fragment));
                }
            }
            if (byScore) {
                fragments.sort(Comparator.comparing(Fragment::score).reversed());
            }
            return fragments.stream()
                    .limit(passages == 0 ? fragments.size() : passages)
                    .map(Fragment::text)
                    .toList();
        }
    }

    private record Fragment(String text, float score) {}

    private static final class Fragments extends PassageFormatter {
        private final String pre;
        private final String post;

        Fragments(String pre, String post) {
            this.pre = pre;
            this.post = post;
        }

        @Override
        public List<Fragment> format(Passage[] passages, String content) {
            List<Fragment> fragments = new ArrayList<>();
            for (Passage passage : passages) {
                if (passage.getNumMatches() > 0) {
                    fragments.add(new Fragment(marked(passage, content), passage.getScore()));
                }
            }
            return fragments;
        }

        private String marked(Passage passage, String content) {
            StringBuilder text = new StringBuilder();
            int at = passage.getStartOffset();
            for (int match = 0; match < passage.getNumMatches(); match++) {
                int start = Math.max(at, passage.getMatchStarts()[match]);
                int end = Math.max(start, passage.getMatchEnds()[match]);
                if (end > start) {
                    text.append(content, at, start)
                            .append(pre)
                            .append(content, start, end)
                            .append(post);
                    at = end;
                }
            }
            return text.append(content, at, Math.max(at, passage.getEndOffset()))
                    .toString()
                    .strip();
        }
    }
}
