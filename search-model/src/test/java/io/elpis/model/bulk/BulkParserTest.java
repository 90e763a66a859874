package io.elpis.model.bulk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.bulk.BulkItem.Broken;
import io.elpis.model.bulk.BulkItem.Operation;
import io.elpis.model.error.ElpisException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class BulkParserTest {
    @Test
    void everyActionIsReadAndDocumentsStayInTheBody() {
        String body = """
                {"index":{"_index":"a","_id":"1","routing":"r"}}
                {"x":1}

                {"create":{"_id":2}}\r
                {"x":2}\r
                {"delete":{"_id":"3","if_seq_no":4,"if_primary_term":1}}
                {"update":{"_id":"4","retry_on_conflict":3}}
                {"doc":{"x":4}}
                {"index":{}}
                {"x":5}
                """;

        List<BulkItem> items = parse(body);

        assertThat(items).hasSize(5).allMatch(Operation.class::isInstance);
        assertThat(items)
                .extracting(BulkItem::action)
                .containsExactly(
                        BulkAction.INDEX, BulkAction.CREATE, BulkAction.DELETE, BulkAction.UPDATE, BulkAction.INDEX);
        assertThat(items).extracting(BulkItem::index).containsExactly("a", "books", "books", "books", "books");
        assertThat(items).extracting(BulkItem::id).containsExactly("1", "2", "3", "4", null);
        assertThat(items.stream().map(item -> source(body, item)))
                .containsExactly("{\"x\":1}", "{\"x\":2}", "", "{\"doc\":{\"x\":4}}", "{\"x\":5}");
        assertThat(((Operation) items.get(2)).ifSeqNo()).isEqualTo(4);
        assertThat(((Operation) items.get(0)).routing()).isEqualTo("r");
        assertThat(((Operation) items.get(3)).retryOnConflict()).isEqualTo(3);
    }

    @Test
    void anItemOfAnUnknownActionSaysWhatItIsAbout() {
        List<BulkItem> items = parse("""
                {"indx":{"_index":"films","_id":"7"}}
                {"x":1}
                {"indx":{"_id":"8","colour":"red"}}
                {"x":2}
                {"indx":[]}
                {"x":3}
                """);

        assertThat(items).hasSize(3).allMatch(Broken.class::isInstance);
        assertThat(items).extracting(BulkItem::index).containsExactly("films", "books", "books");
        assertThat(items).extracting(BulkItem::id).containsExactly("7", "8", null);
        assertThat(items)
                .extracting(item -> ((Broken) item).failure().reason())
                .allMatch(reason -> reason.endsWith("[index] or [update] but found [indx]"));
    }

    @Test
    void brokenJsonIsToldWithoutTheParsersOwnMatters() {
        List<BulkItem> items = parse("""
                {"index":{"_id":"1"]}
                {"x":1}
                """);

        assertThat(((Broken) items.getFirst()).failure().reason())
                .isEqualTo(
                        "Malformed action/metadata line [1]: Unexpected close marker ']': expected '}' at column 20");
    }

    @Test
    void brokenLinesBreakTheirOwnItemsOnly() {
        List<BulkItem> items = parse("""
                {"index":{"_id":"1"}}
                {"x":1}
                {"index":{"_id":"2","colour":"red"}}
                {"x":2}
                nonsense
                {"x":3}
                {"destroy":{"_id":"4"}}
                {"delete":{"_id":"5"}}
                {"delete":{}}
                {"index":{"_id":""}}
                {"x":6}
                """);

        assertThat(items)
                .extracting(item -> item instanceof Broken)
                .containsExactly(false, true, true, true, false, true, true);
        assertThat(items)
                .filteredOn(Broken.class::isInstance)
                .extracting(item -> ((Broken) item).failure().reason())
                .satisfiesExactly(
                        reason -> assertThat(reason).contains("line [3] contains an unknown parameter [colour]"),
                        reason -> assertThat(reason).startsWith("Malformed action/metadata line [5]"),
                        reason -> assertThat(reason).contains("expected field [create], [delete], [index] or [update]"),
                        reason -> assertThat(reason).contains("an id must be provided"),
                        reason -> assertThat(reason).contains("must not be empty"));
        assertThat(items.get(1).id()).isEqualTo("2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"index\":{\"_id\":\"1\"}",
                "{\"index\":{\"_id\":\"1\"}} rubbish",
                "{\"index\":{\"_id\":\"1\"}}}",
                "{\"index\":{\"_id\":\"1\"}},",
                "{\"index\":{\"_id\":\"1\"}} {\"x\":1}",
                "{\"index\":{\"_id\":\"1\"},\"delete\":{\"_id\":\"2\"}}",
                "{\"index\":{\"_id\":\"1\"},}",
            })
    void aLineThatDoesNotEndWithItsActionIsBroken(String line) {
        List<BulkItem> items = parse(line + "\n{\"x\":1}\n{\"index\":{\"_id\":\"3\"}}  \n{\"x\":3}\n");

        assertThat(items).extracting(item -> item instanceof Broken).containsExactly(true, false);
        assertThat(items).extracting(BulkItem::id).containsExactly("1", "3");
        assertThat(((Broken) items.getFirst()).failure().reason()).startsWith("Malformed action/metadata line [1]");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"delete":{"_id":"1"}} | The bulk request must be terminated by a newline
            ~~ | request body is required
            """)
    void requestsThatAreNoneAreRefusedAsAWhole(String body, String reason) {
        assertThatThrownBy(() -> BulkParser.parse(body.getBytes(UTF_8), null))
                .isInstanceOf(ElpisException.class)
                .hasMessageStartingWith(reason);
        assertThatThrownBy(() -> BulkParser.parse(bytes("\n\n"), null))
                .hasMessage("Validation Failed: 1: no requests added;");
    }

    @Test
    void lastActionWithoutItsDocumentIsBroken() {
        assertThat(parse("{\"index\":{}}\n")).singleElement().isInstanceOf(Broken.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void noGarbageEndsInAnythingButARefusal(long seed) {
        Random random = new Random(seed);
        byte[] good = bytes("{\"index\":{\"_id\":\"1\"}}\n{\"x\":1}\n{\"delete\":{\"_id\":\"3\"}}\n");
        for (int i = 0; i < 5000; i++) {
            byte[] bad = good.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                BulkParser.parse(bad, "books");
            } catch (ElpisException e) {
                assertThat(e.code().httpStatus()).as("seed %d", seed).isEqualTo(400);
            }
        }
    }

    private static List<BulkItem> parse(String body) {
        return BulkParser.parse(bytes(body), "books");
    }

    private static String source(String body, BulkItem item) {
        Operation operation = (Operation) item;
        return new String(bytes(body), operation.sourceOffset(), operation.sourceLength(), UTF_8);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
