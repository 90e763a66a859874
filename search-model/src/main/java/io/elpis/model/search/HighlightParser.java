package io.elpis.model.search;

import io.elpis.model.body.BodyReader;
import io.elpis.model.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonToken;

/** Reads {@code highlight}. */
final class HighlightParser {
    private static final Set<String> TYPES = Set.of("unified", "plain", "fvh");

    private final BodyReader in;
    private final List<Highlight.Field> fields = new ArrayList<>();

    private HighlightParser(BodyReader in) {
        this.in = in;
    }

    static Highlight parse(BodyReader in) {
        return new HighlightParser(in).highlight();
    }

    private Highlight highlight() {
        in.expect(JsonToken.START_OBJECT, "[highlight] must be an object");
        Options options = new Options();
        boolean requireFieldMatch = true;
        for (String name = in.nextMember(); name != null; name = in.nextMember()) {
            switch (name) {
                case "fields" -> fields();
                case "require_field_match" -> requireFieldMatch = in.flag(name);
                default -> options.read(name);
            }
        }
        return new Highlight(
                fields,
                options.preTags != null ? options.preTags : Highlight.DEFAULT_PRE_TAGS,
                options.postTags != null ? options.postTags : Highlight.DEFAULT_POST_TAGS,
                options.fragmentSize != null ? options.fragmentSize : Highlight.DEFAULT_FRAGMENT_SIZE,
                options.numberOfFragments != null ? options.numberOfFragments : Highlight.DEFAULT_NUMBER_OF_FRAGMENTS,
                requireFieldMatch,
                Boolean.TRUE.equals(options.byScore));
    }

    /** An object of fields, or a list of such objects. */
    private void fields() {
        if (in.isAt(JsonToken.START_ARRAY)) {
            while (in.next() != JsonToken.END_ARRAY) {
                fieldObject();
            }
        } else {
            fieldObject();
        }
    }

    private void fieldObject() {
        in.expect(JsonToken.START_OBJECT, "[highlight] [fields] must be an object");
        for (String field = in.nextMember(); field != null; field = in.nextMember()) {
            in.expect(JsonToken.START_OBJECT, "[highlight] field [" + field + "] must be an object");
            Options options = new Options();
            for (String name = in.nextMember(); name != null; name = in.nextMember()) {
                options.read(name);
            }
            fields.add(new Highlight.Field(
                    field,
                    options.fragmentSize,
                    options.numberOfFragments,
                    options.preTags,
                    options.postTags,
                    options.byScore));
        }
    }

    /** What the whole and each field may say. */
    private final class Options {
        @Nullable
        Integer fragmentSize;

        @Nullable
        Integer numberOfFragments;

        @Nullable
        List<String> preTags;

        @Nullable
        List<String> postTags;

        @Nullable
        Boolean byScore;

        void read(String name) {
            switch (name) {
                case "fragment_size" -> fragmentSize = upTo(Highlight.LARGEST_FRAGMENT, name);
                case "number_of_fragments" -> numberOfFragments = upTo(Highlight.MOST_FRAGMENTS, name);
                case "pre_tags" -> preTags = in.texts(name);
                case "post_tags" -> postTags = in.texts(name);
                case "order" -> byScore = byScore();
                case "type" -> checkType();
                default -> throw in.mistake("[highlight] unknown field [" + name + "]");
            }
        }

        private boolean byScore() {
            String order = in.text("order");
            return switch (order) {
                case "score" -> true;
                case "none" -> false;
                default -> throw in.mistake(ErrorCode.ILLEGAL_ARGUMENT, "[highlight] unknown [order] [" + order + "]");
            };
        }

        /** There is one highlighter, which does for all of OpenSearch's. */
        private void checkType() {
            String type = in.text("type");
            if (!TYPES.contains(type)) {
                throw in.mistake(ErrorCode.ILLEGAL_ARGUMENT, "unknown highlighter type [" + type + "]");
            }
        }

        private int upTo(int most, String name) {
            int number = SearchRequestParser.notNegative(name, in.whole(name));
            if (number > most) {
                throw in.mistake(
                        ErrorCode.ILLEGAL_ARGUMENT,
                        "[highlight] [" + name + "] must be at most [" + most + "], found [" + number + "]");
            }
            return number;
        }
    }
}
