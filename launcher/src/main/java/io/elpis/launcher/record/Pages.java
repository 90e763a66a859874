package io.elpis.launcher.record;

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
     * @param ids of the directory or archive
     * @param collection its name, for people
     * @param path within it
     */
    static Draft draft(RecordIds ids, String collection, String path, byte[] html) {
        String name = collection + "/" + path;
        return new Draft(name, html.length, () -> {
            Page page = Page.parse(html, path, name);
            return new LoadRecord(ids.at(path), JSON.writeValueAsBytes(page.fields()));
        });
    }
}
