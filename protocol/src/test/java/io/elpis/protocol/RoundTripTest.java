package io.elpis.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.document.FieldValue;
import io.elpis.model.document.ParsedDocument;
import io.elpis.model.document.ParsedField;
import io.elpis.model.query.FieldBoost;
import io.elpis.model.query.Operator;
import io.elpis.model.query.QueryNode;
import io.elpis.model.query.QueryParser;
import io.elpis.model.query.Scalar;
import io.elpis.model.query.ZeroTerms;
import io.elpis.model.result.Hit;
import io.elpis.model.result.SortValue;
import io.elpis.model.schema.AnalysisSettingsParser;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.IndexSettings;
import io.elpis.model.schema.IndexSettingsParser;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.MappingParser;
import io.elpis.model.schema.ShardId;
import io.elpis.model.search.Highlight;
import io.elpis.model.search.Missing;
import io.elpis.model.search.SortKey;
import io.elpis.model.search.SortMode;
import io.elpis.model.search.SortOrder;
import io.elpis.model.search.SourceFilter;
import io.elpis.protocol.node.CatalogEntry;
import io.elpis.protocol.node.CatalogWire;
import io.elpis.protocol.node.HitWire;
import io.elpis.protocol.node.SearchRequest;
import io.elpis.protocol.node.ShardWire;
import io.elpis.protocol.record.DocumentOperation;
import io.elpis.protocol.record.DocumentWire;
import io.elpis.protocol.record.IndexAction;
import io.elpis.protocol.record.MappingWire;
import io.elpis.protocol.search.Query;
import io.elpis.protocol.search.QueryWire;
import io.elpis.protocol.search.RequestWire;
import io.elpis.protocol.search.ShardQuery;
import io.elpis.protocol.search.SortWire;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is written and read again is equal. */
class RoundTripTest {
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void queries(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            QueryNode query = query(random, 4);
            assertThat(QueryWire.read(Query.parseFrom(QueryWire.write(query).toByteArray())))
                    .as("seed %d", seed)
                    .isEqualTo(query);
        }
    }

    @Test
    void deepestQueryThatParses() throws Exception {
        QueryNode query = new QueryNode.Term("f", new Scalar.Whole(1), false, 1f);
        for (int i = 1; i < QueryParser.MAX_DEPTH; i++) {
            query = new QueryNode.ConstantScore(query, 1f);
        }
        byte[] bytes = SearchRequest.newBuilder()
                .setQuery(ShardQuery.newBuilder().setQuery(QueryWire.write(query)))
                .build()
                .toByteArray();

        assertThat(QueryWire.read(SearchRequest.parseFrom(bytes).getQuery().getQuery()))
                .isEqualTo(query);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void sortKeysAndValues(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            SortKey key = sortKey(random);
            assertThat(SortWire.read(SortWire.write(key))).as("seed %d", seed).isEqualTo(key);
            SortValue value = sortValue(random);
            assertThat(SortWire.read(SortWire.write(value))).as("seed %d", seed).isEqualTo(value);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void hits(long seed) {
        Random random = new Random(seed);
        List<ShardId> shards = List.of(shard(0), shard(1), shard(2));
        for (int i = 0; i < 500; i++) {
            int ordinal = random.nextInt(3);
            List<SortValue> sort = list(random, () -> sortValue(random));
            float score = random.nextBoolean() ? Float.NaN : random.nextFloat();
            Hit hit = new Hit(shards.get(ordinal), random.nextInt(100), score, sort, text(random), random.nextLong());
            assertThat(read(HitWire.write(hit, ordinal), shards))
                    .as("seed %d", seed)
                    .isEqualTo(hit);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void documents(long seed) throws Exception {
        Random random = new Random(seed);
        for (int i = 0; i < 500; i++) {
            List<ParsedField> fields = new ArrayList<>();
            for (int number = 1; number <= random.nextInt(5); number++) {
                fields.add(new ParsedField(number, values(random)));
            }
            ParsedDocument document = new ParsedDocument(text(random).getBytes(UTF_8), fields);
            byte[] bytes = DocumentWire.write(document).toByteArray();
            assertThat(read(IndexAction.parseFrom(bytes))).as("seed %d", seed).isEqualTo(document);
            DocumentOperation.Builder operation = DocumentOperation.newBuilder().setId("1");
            DocumentWire.putPacked(operation, DocumentWire.pack(document));
            DocumentOperation logged =
                    DocumentOperation.parseFrom(operation.build().toByteArray());
            assertThat(read(logged.getIndex())).as("seed %d", seed).isEqualTo(document);
            assertThat(logged.getUnknownFields().asMap()).isEmpty();
        }
    }

    @Test
    void indicesAndMappings() throws Exception {
        var mapping = MappingParser.parse(
                "{\"properties\":{\"a\":{\"type\":\"text\",\"fields\":{\"raw\":{\"type\":\"keyword\"}}}}}"
                        .getBytes(UTF_8));
        IndexSettings settings = IndexSettingsParser.parse(
                "{\"number_of_shards\":3,\"analysis\":{\"analyzer\":{\"a\":{\"type\":\"english\"}}}}".getBytes(UTF_8));
        IndexMetadata index = new IndexMetadata(new IndexName("books"), uuid(), 1234, settings, mapping, 7);

        byte[] bytes = CatalogWire.write(index).build().toByteArray();
        assertThat(CatalogWire.read(CatalogEntry.parseFrom(bytes))).isEqualTo(index);
        var version = MappingWire.write(mapping, settings.analysis());
        assertThat(MappingParser.readStored(version.getMapping().toByteArray())).isEqualTo(mapping);
        assertThat(AnalysisSettingsParser.parse(version.getAnalysis().toByteArray()))
                .isEqualTo(settings.analysis());
        assertThat(ShardWire.read(ShardWire.write(shard(2)))).isEqualTo(shard(2));
    }

    @Test
    void fetchSpecs() {
        SourceFilter filter = new SourceFilter(true, List.of("a.*"), List.of("a.b"));
        Highlight highlight = new Highlight(
                List.of(
                        Highlight.Field.of("title"),
                        new Highlight.Field("body", 0, 3, List.of("<b>"), List.of("</b>"), false)),
                List.of("<em>"),
                List.of("</em>"),
                100,
                5,
                true,
                true);

        assertThat(RequestWire.read(RequestWire.write(filter))).isEqualTo(filter);
        assertThat(RequestWire.read(RequestWire.write(SourceFilter.NONE))).isEqualTo(SourceFilter.NONE);
        assertThat(RequestWire.read(RequestWire.write(highlight))).isEqualTo(highlight);
    }

    private static QueryNode query(Random random, int depth) {
        float boost = random.nextInt(4) / 2f;
        return switch (random.nextInt(depth > 0 ? 12 : 10)) {
            case 0 -> new QueryNode.MatchAll(boost);
            case 1 -> new QueryNode.MatchNone();
            case 2 -> new QueryNode.Term(field(random), scalar(random), random.nextBoolean(), boost);
            case 3 -> new QueryNode.Terms(field(random), list(random, () -> scalar(random)), boost);
            case 4 ->
                new QueryNode.Match(
                        field(random),
                        text(random),
                        one(random, Operator.values()),
                        maybe(random, () -> "75%"),
                        maybe(random, () -> text(random)),
                        random.nextBoolean(),
                        one(random, ZeroTerms.values()),
                        boost);
            case 5 ->
                new QueryNode.MatchPhrase(
                        field(random),
                        text(random),
                        random.nextInt(5),
                        maybe(random, () -> text(random)),
                        one(random, ZeroTerms.values()),
                        boost);
            case 6 ->
                new QueryNode.MultiMatch(
                        list(random, () -> new FieldBoost(field(random), random.nextInt(5))),
                        text(random),
                        one(random, QueryNode.MultiMatch.Type.values()),
                        one(random, Operator.values()),
                        maybe(random, () -> "2<-25%"),
                        maybe(random, () -> random.nextFloat()),
                        maybe(random, () -> text(random)),
                        random.nextBoolean(),
                        random.nextInt(5),
                        one(random, ZeroTerms.values()),
                        boost);
            case 7 ->
                new QueryNode.Range(
                        field(random),
                        maybe(random, () -> scalar(random)),
                        maybe(random, () -> scalar(random)),
                        random.nextBoolean(),
                        random.nextBoolean(),
                        maybe(random, () -> text(random)),
                        maybe(random, () -> text(random)),
                        boost);
            case 8 -> new QueryNode.Exists(field(random), boost);
            case 9 -> new QueryNode.Ids(list(random, () -> text(random)), boost);
            case 10 -> new QueryNode.ConstantScore(query(random, depth - 1), boost);
            default -> {
                Supplier<QueryNode> clause = () -> query(random, depth - 1);
                yield new QueryNode.Bool(
                        list(random, clause),
                        list(random, clause),
                        list(random, clause),
                        list(random, clause),
                        maybe(random, () -> "1"),
                        boost);
            }
        };
    }

    private static SortKey sortKey(Random random) {
        SortOrder order = one(random, SortOrder.values());
        return switch (random.nextInt(4)) {
            case 0 -> new SortKey.ByScore(order);
            case 1 -> new SortKey.ByDoc(order);
            default -> {
                Missing missing = switch (random.nextInt(3)) {
                    case 0 -> new Missing.First();
                    case 1 -> new Missing.Last();
                    default -> new Missing.As(scalar(random));
                };
                yield new SortKey.ByField(
                        field(random),
                        order,
                        missing,
                        maybe(random, () -> "long"),
                        one(random, SortMode.values()),
                        maybe(random, () -> "epoch_millis"));
            }
        };
    }

    private static SortValue sortValue(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new SortValue.Text(text(random));
            case 1 -> new SortValue.Whole(random.nextLong());
            case 2 -> new SortValue.Decimal(random.nextDouble());
            default -> new SortValue.Absent();
        };
    }

    private static Hit read(io.elpis.protocol.node.Hit in, List<ShardId> shards) {
        return new Hit(
                shards.get(in.getShardOrdinal()),
                in.getDoc(),
                in.getScore(),
                in.getSortList().stream().map(SortWire::read).toList(),
                in.getId(),
                in.getTie());
    }

    private static ParsedDocument read(IndexAction in) {
        return new ParsedDocument(
                in.getSource().toByteArray(),
                in.getFieldsList().stream().map(RoundTripTest::read).toList());
    }

    private static ParsedField read(io.elpis.protocol.record.Field in) {
        List<FieldValue> values = new ArrayList<>();
        for (int at = 0; at + 1 < in.getSpansCount(); at += 2) {
            values.add(new FieldValue.SourceSpan(in.getSpans(at), in.getSpans(at + 1)));
        }
        in.getTextsList().forEach(text -> values.add(new FieldValue.Text(text)));
        in.getWholesList().forEach(number -> values.add(new FieldValue.Whole(number)));
        in.getDecimalsList().forEach(number -> values.add(new FieldValue.Decimal(number)));
        return new ParsedField(in.getNumber(), values);
    }

    private static List<FieldValue> values(Random random) {
        int kind = random.nextInt(4);
        List<FieldValue> values = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            values.add(
                    switch (kind) {
                        case 0 -> new FieldValue.SourceSpan(random.nextInt(1000), random.nextInt(1000));
                        case 1 -> new FieldValue.Text(text(random));
                        case 2 -> new FieldValue.Whole(random.nextLong());
                        default -> new FieldValue.Decimal(random.nextDouble());
                    });
        }
        return values;
    }

    private static Scalar scalar(Random random) {
        return switch (random.nextInt(4)) {
            case 0 -> new Scalar.Text(text(random));
            case 1 -> new Scalar.Whole(random.nextLong());
            case 2 -> new Scalar.Decimal(random.nextDouble());
            default -> new Scalar.Flag(random.nextBoolean());
        };
    }

    private static String field(Random random) {
        return "f" + random.nextInt(9);
    }

    private static String text(Random random) {
        return random.ints(random.nextInt(8), 'a', 0x2000)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static <T> List<T> list(Random random, Supplier<T> member) {
        List<T> list = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            list.add(member.get());
        }
        return list;
    }

    private static <T> @Nullable T maybe(Random random, Supplier<T> value) {
        return random.nextBoolean() ? value.get() : null;
    }

    private static <T> T one(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static IndexUuid uuid() {
        return new IndexUuid(new UUID(11, 22));
    }

    private static ShardId shard(int number) {
        return new ShardId(uuid(), number);
    }
}
