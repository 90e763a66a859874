package io.elpis.model.document;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.json.Json;
import io.elpis.model.schema.FieldMapping;
import io.elpis.model.schema.FieldType;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingParser;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DocumentParserTest {
    private static final Mapping BOOK = mapping("""
            {"properties":{
              "title":{"type":"text","fields":{"raw":{"type":"keyword","ignore_above":8}}},
              "tags":{"type":"keyword"},"pages":{"type":"integer","null_value":-1},"price":{"type":"double"},
              "born":{"type":"date"},"day":{"type":"date","format":"dd.MM.yyyy"},"sold":{"type":"boolean"},
              "author":{"properties":{"name":{"type":"keyword","copy_to":"all"}}},"all":{"type":"text"},
              "raw":{"type":"object","enabled":false},"loose":{"type":"long","ignore_malformed":true}}}
            """);

    @Test
    void valuesOfEveryTypeAreFound() {
        Map<String, List<Object>> values = values(BOOK, """
                {"title":"Hope","tags":["a","b"],"pages":12,"price":"9.5","born":"2024-05-06","day":"06.05.2024",
                 "sold":true,"author":[{"name":"X"},{"name":"Y"}],"raw":{"any":[1,{"thing":2}]},"loose":"none"}
                """);

        assertThat(values)
                .containsEntry("title", List.of("Hope"))
                .containsEntry("title.raw", List.of("Hope"))
                .containsEntry("tags", List.of("a", "b"))
                .containsEntry("pages", List.of(12L))
                .containsEntry("price", List.of(9.5))
                .containsEntry("born", List.of(1714953600000L))
                .containsEntry("day", List.of(1714953600000L))
                .containsEntry("sold", List.of(1L))
                .containsEntry("author.name", List.of("X", "Y"))
                .containsEntry("all", List.of("X", "Y"))
                .doesNotContainKey("loose");
    }

    @Test
    void textsWithoutEscapesAreSpansOfTheSource() {
        ParsedDocument document = parse(BOOK, "{\"title\":\"H\u00f6pe \uD83D\uDE00\",\"tags\":\"a\\nb\"}")
                .document();

        assertThat(document.fields().getFirst().values().getFirst()).isInstanceOf(FieldValue.SourceSpan.class);
        assertThat(values(BOOK, "{\"title\":\"H\u00f6pe \uD83D\uDE00\",\"tags\":[\"a\\nb\",\"c\"]}"))
                .containsEntry("title", List.of("H\u00f6pe \uD83D\uDE00"))
                .containsEntry("tags", List.of("a\nb", "c"));
    }

    @Test
    void longKeywordsAreLeftOutAndNullsReplaced() {
        Map<String, List<Object>> values = values(
                BOOK,
                "{\"title\":[\"12345678\",\"123456789\",\"\uD83D\uDE00\u00e41234\"],\"pages\":null,\"tags\":null}");

        assertThat(values)
                .containsEntry("title.raw", List.of("12345678", "\uD83D\uDE00\u00e41234"))
                .containsEntry("pages", List.of(-1L))
                .doesNotContainKey("tags");
    }

    @ParameterizedTest
    @CsvSource({
        "yyyyMMdd||epoch_millis,20240506,1714953600000",
        "yyyyMMdd||epoch_millis,1714953600000,1714953600000",
        "epoch_second||epoch_millis,1714953600,1714953600000",
        "strict_date_optional_time||epoch_millis,1970,0",
        "strict_date_optional_time||epoch_millis,19700,19700",
    })
    void numbersAreDatesByTheFirstFormatThatReadsThem(String format, String number, long millis) {
        Mapping mapping = mapping("{\"properties\":{\"day\":{\"type\":\"date\",\"format\":\"" + format + "\"}}}");

        assertThat(values(mapping, "{\"day\":" + number + "}")).containsEntry("day", List.of(millis));
    }

    @Test
    void dottedNamesSayTheSameAsObjects() {
        assertThat(values(BOOK, "{\"author.name\":\"X\"}")).isEqualTo(values(BOOK, "{\"author\":{\"name\":\"X\"}}"));
    }

    @Test
    void newFieldsAreMappedByTheirValues() {
        ParseOutcome outcome = parse(Mapping.EMPTY, """
                {"s":"text","i":1,"d":1.5,"b":true,"t":"2024-05-06T07:08:09Z","u":"2024/05/06","n":null,"e":[],
                 "o":{"p":[2,3],"empty":{}},"year":"2024"}
                """);

        assertThat(outcome.mapping().fields())
                .extracting(FieldMapping::path, FieldMapping::type)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple("s", FieldType.TEXT),
                        org.assertj.core.groups.Tuple.tuple("s.keyword", FieldType.KEYWORD),
                        org.assertj.core.groups.Tuple.tuple("i", FieldType.LONG),
                        org.assertj.core.groups.Tuple.tuple("d", FieldType.FLOAT),
                        org.assertj.core.groups.Tuple.tuple("b", FieldType.BOOLEAN),
                        org.assertj.core.groups.Tuple.tuple("t", FieldType.DATE),
                        org.assertj.core.groups.Tuple.tuple("u", FieldType.DATE),
                        org.assertj.core.groups.Tuple.tuple("o.p", FieldType.LONG),
                        org.assertj.core.groups.Tuple.tuple("year", FieldType.TEXT),
                        org.assertj.core.groups.Tuple.tuple("year.keyword", FieldType.KEYWORD));
        assertThat(outcome.mapping().version()).isEqualTo(1);
        assertThat(outcome.mapping().object("o.empty")).isNull();
        assertThat(values(outcome, outcome.mapping())).containsEntry("o.p", List.of(2L, 3L));
    }

    @Test
    void extensionKeepsWhatWasThereAndMergesIntoTheCatalogsMapping() {
        ParseOutcome outcome = parse(BOOK, "{\"author\":{\"age\":3},\"new\":{\"deep\":{\"x\":1}}}");

        assertThat(outcome.mapping().fields()).containsAll(BOOK.fields());
        assertThat(MappingParser.merge(BOOK, outcome.mapping())).isEqualTo(outcome.mapping());
        assertThat(parse(outcome.mapping(), "{\"new.deep.x\":2}").mapping()).isSameAs(outcome.mapping());
    }

    @Test
    void dynamicFalseLeavesNewFieldsAloneAndStrictRefusesThem() {
        Mapping closed = mapping("{\"dynamic\":false,\"properties\":{\"a\":{\"type\":\"long\"}}}");
        Mapping strict = mapping("{\"dynamic\":\"strict\",\"properties\":{\"o\":{\"properties\":{}}}}");

        assertThat(parse(closed, "{\"b\":{\"c\":[1,{\"d\":2}]},\"e\":\"f\",\"g.h\":{\"i\":1}}")
                        .document()
                        .fields())
                .isEmpty();
        assertThatThrownBy(() -> parse(strict, "{\"o\":{\"x\":1}}"))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STRICT_DYNAMIC_MAPPING))
                .hasMessage("mapping set to strict, dynamic introduction of [x] within [o] is not allowed");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~', textBlock = """
            {"pages":"many"} | failed to parse field [pages] of type [integer] in document with id '7'. Preview of field's value: 'many'
            {"pages":3000000000} | failed to parse field [pages] of type [integer]
            {"pages":1e999999999} | failed to parse field [pages] of type [integer]
            {"pages":true} | failed to parse field [pages] of type [integer]
            {"price":"1e999"} | failed to parse field [price] of type [double]
            {"born":99999999999999999999} | failed to parse field [born] of type [date]
            {"born":"soon"} | failed to parse field [born] of type [date]
            {"sold":"maybe"} | failed to parse field [sold] of type [boolean]
            {"tags":{"a":1}} | failed to parse field [tags] of type [keyword]
            {"author":"X"} | object mapping for [author] tried to parse field [author] as object, but found a concrete value
            {"_id":"X"} | Field [_id] is a metadata field and cannot be added inside a document. Use the index API request parameters.
            {"_id":{"x":1}} | Field [_id] is a metadata field and cannot be added inside a document.
            {"_id.x":1} | Field [_id] is a metadata field and cannot be added inside a document.
            {"_tombstone":"1"} | Field [_tombstone] is a metadata field and cannot be added inside a document.
            {"_tie":null} | Field [_tie] is a metadata field and cannot be added inside a document.
            {"_content":["hello"]} | Field [_content] is a metadata field and cannot be added inside a document.
            {"title":"Hope" | failed to parse: Unexpected end-of-input
            {"title":"Hope | failed to parse: Unexpected end-of-input
            {"title":Hope} | failed to parse: Unrecognized token 'Hope'
            [1] | failed to parse: Malformed content, must start with an object
            {} {} | failed to parse: Malformed content, found extra data after parsing
            {"":1} | failed to parse: field name cannot be an empty string
            {"a..b":1} | failed to parse
            """)
    void documentsThatDoNotFitAreRefused(String json, String reason) {
        assertThatThrownBy(() -> parse(BOOK, json))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MAPPER_PARSING))
                .hasMessageStartingWith(reason);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"a\":1,\"a\":2}",
                "{\"a\":1,\"\\u0061\":2}",
                "{\"o\":[{\"x\":1},{\"a\":1,\"b\":2,\"a\":3}]}",
                "{\"title\":\"x\",\"title\":\"x\"}"
            })
    void aNameTwiceInOneObjectIsRefused(String json) {
        assertThatThrownBy(() -> parse(BOOK, json))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MAPPER_PARSING))
                .hasMessageStartingWith("failed to parse: Duplicate field '");
    }

    @Test
    void aNameTwiceAmongManyIsRefusedToo() {
        StringBuilder json = new StringBuilder("{");
        for (int field = 0; field < 100; field++) {
            json.append("\"f").append(field).append("\":1,");
        }
        parse(Mapping.EMPTY, json + "\"last\":1}");
        assertThatThrownBy(() -> parse(Mapping.EMPTY, json + "\"f7\":1}")).hasMessageContaining("'f7'");
        assertThatThrownBy(() -> parse(Mapping.EMPTY, json + "\"f77\":1}")).hasMessageContaining("'f77'");
    }

    @Test
    void theSameNameInDifferentObjectsIsFine() {
        assertThat(values(BOOK, "{\"author\":[{\"name\":\"X\"},{\"name\":\"Y\"}],\"author.name\":\"Z\"}"))
                .containsEntry("author.name", List.of("X", "Y", "Z"));
    }

    @Test
    void brokenJsonIsToldWithLineAndColumn() {
        assertThatThrownBy(() -> parse(BOOK, "{\n \"title\": \"x\",\n \"pages\" 3}"))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        e -> assertThat(e.details()).containsEntry("line", 3).containsEntry("col", 10));
    }

    @Test
    void deepObjectsAreRefused() {
        String deep = "{\"a\":".repeat(25) + "1" + "}".repeat(25);

        assertThatThrownBy(() -> parse(Mapping.EMPTY, deep)).hasMessageStartingWith("Limit of mapping depth [20]");
        assertThatThrownBy(() -> parse(BOOK, "{\"raw\":" + "[".repeat(5000))).isInstanceOf(ElpisException.class);
    }

    @Test
    void deepDottedNamesAreRefusedAsDeepObjectsAre() {
        assertThatThrownBy(() -> parse(Mapping.EMPTY, "{\"" + "a.".repeat(20_000) + "a\":1}"))
                .hasMessageStartingWith("Limit of mapping depth [20]");
    }

    @Test
    void whatWouldExtendAKnownMappingDoesNotFit() {
        assertThatThrownBy(() -> parseKnown(BOOK, "{\"author\":{\"age\":7}}"))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.MAPPER_PARSING))
                .hasMessage("failed to parse: field [author.age] is not in mapping version [1]");
        String nothingNew = "{\"title\":\"a\",\"none\":null,\"empty\":{\"list\":[]},\"raw\":{\"new\":1}}";
        assertThat(parseKnown(BOOK, nothingNew))
                .isEqualTo(parse(BOOK, nothingNew).document());
    }

    @Test
    void aKnownMappingKeepsItsRuleForNewFields() {
        String document = "{\"new\":1}";
        assertThat(parseKnown(mapping("{\"dynamic\":false}"), document).fields())
                .isEmpty();
        assertThatThrownBy(() -> parseKnown(mapping("{\"dynamic\":\"strict\"}"), document))
                .isInstanceOfSatisfying(
                        ElpisException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.STRICT_DYNAMIC_MAPPING));
    }

    /** A mapping that was made when such targets were free. */
    @ParameterizedTest
    @CsvSource({"_tombstone,metadata field", "_id.x,metadata field", "'',empty string", "a..b,empty string"})
    void nothingIsCopiedToANameThatNoFieldMayHave(String target, String reason) {
        String stored =
                "{\"version\":1,\"next_field_number\":2,\"mapping\":{\"properties\":{\"src\":{\"type\":\"long\","
                        + "\"_number\":1,\"copy_to\":\"" + target + "\"}}}}";
        Mapping mapping = MappingParser.readStored(stored.getBytes(UTF_8));

        assertThatThrownBy(() -> parse(mapping, "{\"src\":1}"))
                .isInstanceOf(ElpisException.class)
                .hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void whateverJsonWritesIsFoundAgain(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 300; i++) {
            Map<String, Object> document = new LinkedHashMap<>();
            List<String> tags = new ArrayList<>();
            for (int tag = random.nextInt(4); tag >= 0; tag--) {
                tags.add(text(random));
            }
            long pages = random.nextInt();
            double price = random.nextDouble() * Math.pow(10, random.nextInt(20));
            document.put("tags", tags);
            document.put(text(random) + "x", text(random));
            document.put("pages", pages);
            document.put("price", price);
            byte[] bytes = Json.write(out -> Json.writeValue(out, document));
            byte[] padded = new byte[bytes.length + 10];
            System.arraycopy(bytes, 0, padded, 5, bytes.length);

            ParseOutcome outcome = DocumentParser.parse(BOOK, "1", padded, 5, bytes.length, 1_000);

            assertThat(values(outcome, outcome.mapping()))
                    .as("seed %d", seed)
                    .containsEntry("tags", List.copyOf(tags))
                    .containsEntry("pages", List.of(pages))
                    .containsEntry("price", List.of(price));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void noGarbageEndsInAnythingButARefusal(long seed) {
        Random random = new Random(seed);
        byte[] good = "{\"title\":\"H\u00f6pe \\u0041\",\"tags\":[\"a\"],\"pages\":-1.5e3,\"author\":{\"name\":null}}"
                .getBytes(UTF_8);
        for (int i = 0; i < 5000; i++) {
            byte[] bad = good.clone();
            for (int change = random.nextInt(3); change >= 0; change--) {
                bad[random.nextInt(bad.length)] = (byte) random.nextInt(256);
            }
            try {
                DocumentParser.parse(BOOK, "1", bad);
            } catch (ElpisException e) {
                assertThat(e.code().httpStatus()).as("seed %d", seed).isEqualTo(400);
            }
        }
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(12), 1, 0x3000)
                .filter(c -> c != '.')
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static Mapping mapping(String json) {
        return MappingParser.parse(json.getBytes(UTF_8));
    }

    private static ParseOutcome parse(Mapping mapping, String json) {
        return DocumentParser.parse(mapping, "7", json.getBytes(UTF_8));
    }

    private static ParsedDocument parseKnown(Mapping mapping, String json) {
        return DocumentParser.parseKnown(mapping, "7", json.getBytes(UTF_8));
    }

    private static Map<String, List<Object>> values(Mapping mapping, String json) {
        ParseOutcome outcome = parse(mapping, json);
        return values(outcome, outcome.mapping());
    }

    private static Map<String, List<Object>> values(ParseOutcome outcome, Mapping mapping) {
        Map<String, List<Object>> values = new LinkedHashMap<>();
        for (ParsedField field : outcome.document().fields()) {
            FieldMapping mapped = mapping.field(field.fieldNumber());
            assertThat(mapped).isNotNull();
            if (mapped != null) {
                values.put(mapped.path(), plain(outcome.document(), field));
            }
        }
        return values;
    }

    private static List<Object> plain(ParsedDocument document, ParsedField field) {
        List<Object> plain = new ArrayList<>();
        for (FieldValue value : field.values()) {
            plain.add(
                    switch (value) {
                        case FieldValue.Whole(long number) -> number;
                        case FieldValue.Decimal(double number) -> number;
                        case FieldValue.SourceSpan _, FieldValue.Text _ -> document.text(value);
                    });
        }
        return plain;
    }
}
