package io.elpis.launcher.record;

import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Pattern;
import tools.jackson.databind.json.JsonMapper;

/** What directories and archives of HTML pages have in common. */
final class Pages {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** Pages that javadoc makes of lists of all the others; they would only repeat them. */
    private static final Pattern GENERATED = Pattern.compile("(^|.*/)(index-all|allclasses.*|allpackages.*"
            + "|overview-(tree|frame)|package-(tree|use|frame)|help-doc|constant-values|serialized-form|deprecated-list"
            + "|search|system-properties|external-specs|index-files/.*|class-use/.*|src-html/.*)(\\.html?)?");

    private Pages() {}

    static boolean wanted(String path) {
        String lower = path.toLowerCase(Locale.ROOT);
        return (lower.endsWith(".html") || lower.endsWith(".htm"))
                && !GENERATED.matcher(path).matches();
    }

    /**
     * @param collection the directory's or archive's name
     * @param path within it
     */
    static Draft draft(String collection, String path, byte[] html) {
        String name = collection + "/" + path;
        return new Draft(name, html.length, () -> {
            Page page = Page.parse(new String(html, StandardCharsets.UTF_8), path, name);
            return new LoadRecord(RecordIds.ofName(collection).at(path), JSON.writeValueAsBytes(page.fields()));
        });
    }
}
