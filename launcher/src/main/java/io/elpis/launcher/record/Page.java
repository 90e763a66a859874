package io.elpis.launcher.record;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jspecify.annotations.Nullable;

/**
 * An HTML page as a document.
 *
 * @param packageName the Java package that a javadoc page belongs to, or empty
 * @param kind what a javadoc page describes, such as {@code class} or {@code interface}; else {@code page}
 */
record Page(String title, String body, String packageName, String kind, String url) {

    private static final int MOST_CHARACTERS = 200_000;
    private static final Pattern KIND = Pattern.compile(
            "^(Module|Package|Annotation|Interface|Class|Enum|Record|Exception|Error)\\b.*", Pattern.DOTALL);
    private static final Pattern PACKAGE_PATH = Pattern.compile("((?:[a-z_][a-z0-9_]*/)+)[^/]+\\.html?");

    /**
     * @param path within its directory or archive: javadoc names its directories as packages
     * @param fallbackUrl for pages that do not say which address is theirs
     */
    static Page parse(byte[] html, String path, String fallbackUrl) {
        Document document = document(html);
        document.select("script, style, nav, header.flex-header, noscript").remove();
        String heading = text(document.selectFirst("h1, h2.title"));
        Matcher kind = KIND.matcher(heading);
        boolean describesCode = kind.matches();
        String title = heading.isEmpty() ? document.title() : heading;
        Element canonical = document.selectFirst("link[rel=canonical][href]");
        return new Page(
                title.isEmpty() ? path : title,
                body(document),
                describesCode ? packageOf(path) : "",
                describesCode ? kind.group(1).toLowerCase(Locale.ROOT) : "page",
                canonical == null ? fallbackUrl : canonical.attr("href"));
    }

    Map<String, String> fields() {
        var fields = new LinkedHashMap<String, String>();
        fields.put("title", title);
        fields.put("body", body);
        if (!packageName.isEmpty()) {
            fields.put("package", packageName);
        }
        fields.put("kind", kind);
        fields.put("url", url);
        return fields;
    }

    /** In the charset that a byte order mark or the page itself names, else in UTF-8. */
    private static Document document(byte[] html) {
        try {
            return Jsoup.parse(new ByteArrayInputStream(html), null, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String body(Document document) {
        Element main = document.selectFirst("main");
        String text = text(main == null ? document.body() : main);
        return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) : text;
    }

    private static String text(@Nullable Element element) {
        return element == null ? "" : element.text().strip();
    }

    private static String packageOf(String path) {
        Matcher directories = PACKAGE_PATH.matcher(path);
        if (!directories.find() || directories.end() != path.length()) {
            return "";
        }
        String name = directories.group(1).replace('/', '.');
        return name.substring(0, name.length() - 1);
    }
}
