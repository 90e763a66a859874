package io.elpis.model.search;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which fields come with marked fragments, and how.
 *
 * @param fragmentSize characters, about
 * @param numberOfFragments 0: the whole field as one
 * @param requireFieldMatch only terms sought in the field itself are marked
 * @param byScore a text's fragments come best first; else as they stand in it
 */
public record Highlight(
        List<Field> fields,
        List<String> preTags,
        List<String> postTags,
        int fragmentSize,
        int numberOfFragments,
        boolean requireFieldMatch,
        boolean byScore) {

    public static final List<String> DEFAULT_PRE_TAGS = List.of("<em>");
    public static final List<String> DEFAULT_POST_TAGS = List.of("</em>");
    public static final int DEFAULT_FRAGMENT_SIZE = 100;
    public static final int DEFAULT_NUMBER_OF_FRAGMENTS = 5;
    public static final int LARGEST_FRAGMENT = 1_000_000;
    public static final int MOST_FRAGMENTS = 10_000;

    public Highlight {
        fields = List.copyOf(fields);
        preTags = List.copyOf(preTags);
        postTags = List.copyOf(postTags);
    }

    /**
     * @param field full path, may hold {@code *}
     * @param fragmentSize null, as the other parameters: what the whole highlight says
     */
    public record Field(
            String field,
            @Nullable Integer fragmentSize,
            @Nullable Integer numberOfFragments,
            @Nullable List<String> preTags,
            @Nullable List<String> postTags,
            @Nullable Boolean byScore) {
        public Field {
            preTags = preTags == null ? null : List.copyOf(preTags);
            postTags = postTags == null ? null : List.copyOf(postTags);
        }

        public static Field of(String field) {
            return new Field(field, null, null, null, null, null);
        }
    }
}
