package io.elpis.launcher.find;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.JsonNode;

/** An answer to a search, for people. */
public final class HitList {

    private static final List<String> TITLES = List.of("title", "name", "heading", "subject");
    private static final int LINE = 160;
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final boolean colours;

    /** @param colours whether the reader is a terminal that can print bold */
    public HitList(boolean colours) {
        this.colours = colours;
    }

    public List<String> lines(JsonNode answer) {
        var lines = new ArrayList<String>();
        lines.add(summary(answer));
        int rank = 1;
        for (JsonNode hit : answer.path("hits").path("hits")) {
            lines.add("");
            lines.addAll(hit(rank++, hit));
        }
        return lines;
    }

    /** Whether all shards answered, and in time. */
    public static boolean isComplete(JsonNode answer) {
        return answer.path("_shards").path("failed").asInt(0) == 0
                && !answer.path("timed_out").asBoolean(false);
    }

    /** How many, how fast, and whether all shards answered. */
    public static String summary(JsonNode answer) {
        JsonNode total = answer.path("hits").path("total");
        JsonNode shards = answer.path("_shards");
        long hits = total.path("value").asLong();
        String more = total.path("relation").asString("eq").equals("gte") ? "at least " : "";
        String missing = isComplete(answer)
                ? ""
                : " -- incomplete: %d of %d shards failed%s"
                        .formatted(
                                shards.path("failed").asInt(),
                                shards.path("total").asInt(),
                                answer.path("timed_out").asBoolean(false) ? ", time ran out" : "");
        return String.format(
                Locale.ROOT,
                "%s%,d %s in %d ms%s",
                more,
                hits,
                hits == 1 ? "hit" : "hits",
                answer.path("took").asLong(),
                missing);
    }

    private List<String> hit(int rank, JsonNode hit) {
        JsonNode source = hit.path("_source");
        var lines = new ArrayList<String>();
        String id = hit.path("_id").asString();
        lines.add(String.format(
                Locale.ROOT,
                "%2d. %s  (%.2f)",
                rank,
                bold(title(source, id)),
                hit.path("_score").asDouble(0)));
        String url = source.path("url").asString("");
        lines.add("    " + harmless(url.isEmpty() ? id : url));
        String quote = quote(hit.path("highlight"));
        if (quote.isEmpty()) {
            quote = shorten(harmless(source.toString()));
        }
        lines.add("    " + quote);
        return lines;
    }

    private static String title(JsonNode source, String id) {
        return TITLES.stream()
                .map(name -> source.path(name).asString(""))
                .filter(text -> !text.isEmpty())
                .findFirst()
                .map(text -> shorten(harmless(text)))
                .orElse(harmless(id));
    }

    private String quote(JsonNode highlight) {
        for (JsonNode fragments : highlight) {
            var quotes = new ArrayList<String>();
            fragments.forEach(fragment ->
                    quotes.add(fragment.asString("").replaceAll("\\s+", " ").strip()));
            return harmless(String.join(" ... ", quotes))
                    .replace(Search.MARK_BEGIN, colours ? BOLD : "")
                    .replace(Search.MARK_END, colours ? PLAIN : "");
        }
        return "";
    }

    private String bold(String text) {
        return colours ? BOLD + text + PLAIN : text;
    }

    /** Documents may hold what terminals take for commands. The marks of a highlight stay. */
    private static String harmless(String text) {
        return text.replaceAll("[\\p{Cc}&&[^" + Search.MARK_BEGIN + Search.MARK_END + "]]", " ");
    }

    private static String shorten(String text) {
        return text.length() > LINE ? text.substring(0, LINE) + " ..." : text;
    }
}
