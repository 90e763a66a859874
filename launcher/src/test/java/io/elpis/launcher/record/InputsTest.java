package io.elpis.launcher.record;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InputsTest {

    private static final String PAGE = """
        <html><head><title>T</title></head><body><nav>menu</nav><main><h1>Class Cache</h1>
        <p>Keeps   things.</p></main><script>x()</script></body></html>\
        """;

    @TempDir
    Path directory;

    @Test
    void jsonLinesAreSentAsTheyStand() throws Exception {
        Path file = write("a.jsonl", "{\"a\": 1}\n\n  \n{\"a\":\"ü\"}");
        assertThat(sources(records(file, null))).containsExactly("{\"a\": 1}", "{\"a\":\"ü\"}");
    }

    @Test
    void byteOrderMarkIsNoPartOfTheFirstRecord() throws Exception {
        Path file = write("a.jsonl", "\uFEFF{\"id\":\"k1\"}\n{\"id\":\"k2\"}\n");
        assertThat(sources(records(file, null))).containsExactly("{\"id\":\"k1\"}", "{\"id\":\"k2\"}");
        assertThat(ids(records(file, "id"))).containsExactly("k1", "k2");
        assertThat(drafts(file, null).stream().mapToLong(Draft::bytes).sum()).isEqualTo(Files.size(file));
        assertThat(records(write("only.jsonl", "\uFEFF"), null)).isEmpty();
    }

    @Test
    void repeatedReadingGivesTheSameIdsAndAnotherFileOthers() throws Exception {
        Path file = write("a.jsonl", "{\"a\":1}\n{\"a\":1}\n");
        Path moved = write("elsewhere.jsonl", "{\"a\":1}\n{\"a\":1}\n");
        Path other = write("b.jsonl", "{\"a\":2}\n{\"a\":1}\n");
        assertThat(ids(records(file, null)))
                .doesNotHaveDuplicates()
                .isEqualTo(ids(records(moved, null)))
                .doesNotContainAnyElementsOf(ids(records(other, null)));
    }

    @Test
    void idFieldNamesTheRecord() throws Exception {
        Path file = write("a.ndjson", "{\"x\":{\"id\":0},\"id\":\"k1\"}\n{\"id\":17}\n");
        assertThat(ids(records(file, "id"))).containsExactly("k1", "17");
    }

    @Test
    void brokenRecordsAreToldOneByOne() throws Exception {
        Path file = write("a.jsonl", "{\"id\":1}\n{\"id\n{\"other\":1}\n[1]\n{\"id\":null}\n{\"id\":2}\n");
        var ids = new ArrayList<String>();
        var failures = new ArrayList<String>();
        for (Draft draft : drafts(file, "id")) {
            try {
                ids.add(draft.content().make().id());
            } catch (BrokenRecord e) {
                failures.add(draft.origin() + " " + e.getMessage());
            }
        }
        assertThat(ids).containsExactly("1", "2");
        assertThat(failures).hasSize(4);
        assertThat(failures.get(0)).startsWith("a.jsonl:2 broken JSON");
        assertThat(failures.get(1)).isEqualTo("a.jsonl:3 no field id");
        assertThat(failures.get(2)).isEqualTo("a.jsonl:4 not a JSON object");
    }

    @Test
    void csvRowsBecomeObjectsWithoutTheirEmptyCells() throws Exception {
        Path file = write("a.csv", "id,name,note\n7,\"Smith, J\",\n8,Doe,\"two\nlines\"\n");
        List<LoadRecord> records = records(file, "id");
        assertThat(ids(records)).containsExactly("7", "8");
        assertThat(sources(records))
                .containsExactly(
                        "{\"id\":\"7\",\"name\":\"Smith, J\"}",
                        "{\"id\":\"8\",\"name\":\"Doe\",\"note\":\"two\\nlines\"}");
    }

    @Test
    void csvRowWithTooManyCellsFailsAlone() throws Exception {
        Path file = write("a.csv", "a,b\n1,2\n1,2,3\n4,5\n");
        var failures = new ArrayList<String>();
        var sources = new ArrayList<String>();
        for (Draft draft : drafts(file, null)) {
            try {
                sources.add(text(draft.content().make()));
            } catch (BrokenRecord e) {
                failures.add(draft.origin() + " " + e.getMessage());
            }
        }
        assertThat(failures).hasSize(1).first().asString().startsWith("a.csv, row 2 broken CSV");
        assertThat(sources).containsExactly("{\"a\":\"1\",\"b\":\"2\"}", "{\"a\":\"4\",\"b\":\"5\"}");
    }

    @Test
    void pagesOfADirectoryAndOfAJar() throws Exception {
        Path page = directory.resolve("site/org/example/Cache.html");
        Files.createDirectories(page.getParent());
        Files.writeString(page, PAGE);
        write("site/index-all.html", PAGE);
        String expected = "{\"title\":\"Class Cache\",\"body\":\"Class Cache Keeps things.\","
                + "\"package\":\"org.example\",\"kind\":\"class\",\"url\":\"%s/org/example/Cache.html\"}";
        assertThat(sources(records(directory.resolve("site"), null))).containsExactly(expected.formatted("site"));

        Path jar = directory.resolve("x-javadoc.jar");
        try (var zip = new ZipOutputStream(Files.newOutputStream(jar))) {
            zip.putNextEntry(new ZipEntry("org/example/Cache.html"));
            zip.write(PAGE.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("org/example/class-use/Cache.html"));
            zip.write(PAGE.getBytes(StandardCharsets.UTF_8));
            zip.putNextEntry(new ZipEntry("script.js"));
        }
        assertThat(sources(records(jar, null))).containsExactly(expected.formatted("x-javadoc.jar"));
    }

    @Test
    void directoriesOfOneNameHaveIdsOfTheirOwn() throws Exception {
        Path one = write(Files.createDirectories(directory.resolve("a/api")), PAGE);
        Path other = write(Files.createDirectories(directory.resolve("b/api")), PAGE);
        assertThat(ids(records(one, null)))
                .isEqualTo(ids(records(one, null)))
                .doesNotContainAnyElementsOf(ids(records(other, null)));
    }

    @Test
    void pageIsReadInTheCharsetThatItNames() throws Exception {
        String page = "<html><head><meta charset=iso-8859-1><title>Gr\u00fc\u00dfe</title></head><body>x</body></html>";
        Path file = directory.resolve("latin.html");
        Files.write(file, page.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(sources(records(file, null))).first().asString().contains("\"title\":\"Gr\u00fc\u00dfe\"");
    }

    @Test
    void sizesAddUpToWhatTheDraftsTake() throws Exception {
        Path file = write("a.csv", "a,b\n1,2\n3,4\n");
        RecordSource source = new Inputs(null).of(List.of(file)).getFirst();
        long taken = drafts(file, null).stream().mapToLong(Draft::bytes).sum();
        assertThat(taken).isBetween(source.size() - 5, source.size());
    }

    @Test
    void unknownFilesAreRefusedByName() throws IOException {
        Path file = write("a.docx", "x");
        assertThatThrownBy(() -> new Inputs(null).of(List.of(file))).hasMessageContaining("a.docx: what is it?");
        assertThatThrownBy(() -> new Inputs(null).of(List.of(directory.resolve("none"))))
                .hasMessageContaining("none cannot be read");
    }

    private static Path write(Path directory, String page) throws IOException {
        Files.writeString(directory.resolve("Page.html"), page);
        return directory;
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(directory.resolve(name), text);
    }

    private static List<Draft> drafts(Path path, @Nullable String idField) throws Exception {
        var drafts = new ArrayList<Draft>();
        for (RecordSource source : new Inputs(idField).of(List.of(path))) {
            source.read(drafts::add);
        }
        return drafts;
    }

    private static List<LoadRecord> records(Path path, @Nullable String idField) throws Exception {
        var records = new ArrayList<LoadRecord>();
        for (Draft draft : drafts(path, idField)) {
            records.add(draft.content().make());
        }
        return records;
    }

    private static List<String> ids(List<LoadRecord> records) {
        return records.stream().map(LoadRecord::id).toList();
    }

    private static List<String> sources(List<LoadRecord> records) {
        return records.stream().map(InputsTest::text).toList();
    }

    private static String text(LoadRecord record) {
        return new String(record.source(), StandardCharsets.UTF_8);
    }
}
