package io.elpis.model.mutation;

import io.elpis.model.bulk.BulkParser;
import io.elpis.model.document.DocumentParser;
import io.elpis.model.document.SourceMerge;
import io.elpis.model.schema.AnalysisSettingsParser;
import io.elpis.model.schema.IndexDefinition;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingParser;
import io.elpis.model.schema.MappingWriter;
import io.elpis.model.search.SearchRequestParser;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Whatever is sent, its parser takes it or refuses it, and never falls over. */
final class MutatedBodiesLawsTest {
    private static final String QUERIES = """
            {"query":{"bool":{
              "must":[{"match":{"title":{"query":"a b","operator":"and","minimum_should_match":"2<75%","analyzer":"plain",
                                         "lenient":true,"zero_terms_query":"all","boost":2}}},
                      {"match_phrase":{"title":{"query":"a b","slop":2}}}],
              "filter":{"range":{"at":{"gte":"now-1d/d","lt":"2024-01-01","format":"yyyy-MM-dd","time_zone":"+01:00"}}},
              "should":[{"multi_match":{"query":"a","fields":["title^2","note"],"type":"best_fields","tie_breaker":0.3}},
                        {"constant_score":{"filter":{"terms":{"tag":["x","y",3]}},"boost":1.5}},
                        {"term":{"tag":{"value":"x","case_insensitive":true}}}],
              "must_not":[{"exists":{"field":"gone"}},{"ids":{"values":["1","2"]}},{"match_none":{}}],
              "minimum_should_match":-1,"boost":1}}}""";

    private static final String SEARCH = """
            {"query":{"match_all":{"boost":2}},"from":1,"size":5,"min_score":0.5,"track_total_hits":100,"timeout":"2s",
             "track_scores":true,"version":true,"seq_no_primary_term":false,"explain":false,
             "sort":[{"size":{"order":"desc","missing":"_last","mode":"avg","unmapped_type":"long"}},
                     {"at":{"order":"asc","format":"yyyy","missing":1.5}},"_score",{"tag":"asc"}],
             "_source":{"includes":["a.*","b"],"excludes":["a.c"]},
             "highlight":{"pre_tags":["<b>"],"post_tags":"</b>","order":"score","require_field_match":false,
                          "fields":{"title":{"fragment_size":50,"number_of_fragments":2,"type":"unified"},"note":{}}}}""";

    private static final String ANALYSIS = """
            {"analyzer":{"plain":{"type":"custom","tokenizer":"parts","filter":["lowercase","stops"],
                                  "char_filter":["html_strip"]},
                         "words":{"type":"standard","stopwords":["a","b"],"max_token_length":9}},
             "tokenizer":{"parts":{"type":"ngram","min_gram":2,"max_gram":3,"token_chars":["letter"]}},
             "filter":{"stops":{"type":"stop","stopwords":"_english_"},
                       "edges":{"type":"edge_ngram","min_gram":1,"max_gram":4}}}""";

    private static final String PROPERTIES = """
            {"title":{"type":"text","fields":{"raw":{"type":"keyword","ignore_above":20}},"copy_to":"all"},
              "all":{"type":"text"},"tag":{"type":"keyword"},"size":{"type":"long"},"byte":{"type":"byte"},
              "price":{"type":"double"},"ratio":{"type":"float"},"at":{"type":"date"},"ok":{"type":"boolean"},
              "o":{"dynamic":true,"properties":{"k":{"type":"keyword"}}}}""";

    private static final String MAPPINGS = """
            {"dynamic":"true","date_detection":true,"_meta":{"any":[1,{"b":null}]},"properties":%s}""".formatted(PROPERTIES);

    private static final String INDEX = """
            {"settings":{"index":{"number_of_shards":2,"number_of_replicas":"1","refresh_interval":"5s"},"analysis":%s},
             "mappings":%s}""".formatted(ANALYSIS, MAPPINGS);

    private static final Mapping MAPPING = MappingParser.parse(MAPPINGS.getBytes(StandardCharsets.UTF_8));

    private static final String DOCUMENT = """
            {"title":"Ein \\"schöner\\" Tag","tag":["x","y"],"size":3,"byte":"7","price":[1.5,-0.0],"ratio":1e3,
             "at":"2024-02-29T12:00:00Z","ok":[true,"false",""],"o":{"k":["a",null]},"o.k":"b",
             "new":{"day":"2024-01-01","n":[1,2],"t":"x","deep":[{"a":1},{"a":2}]}}""";

    private static final String BULK = """
            {"index":{"_index":"books","_id":"1","routing":"r","if_seq_no":3,"if_primary_term":1}}
            {"title":"a"}
            {"create":{"_id":"2","version":3,"version_type":"external"}}
            {"title":"b"}
            {"delete":{"_id":"3","op_type":"delete"}}
            {"update":{"_id":"4","retry_on_conflict":2,"require_alias":false}}
            {"doc":{"title":"c"},"doc_as_upsert":true,"detect_noop":false}
            """;

    @Test
    void searches() throws Exception {
        Refusals.check(SEARCH, SearchRequestParser::parse, mutations -> mutations.json(SEARCH));
        Refusals.check(QUERIES, SearchRequestParser::parse, mutations -> mutations.json(QUERIES));
        Refusals.check(QUERIES, SearchRequestParser::parseQuery, mutations -> mutations.json(QUERIES));
    }

    @Test
    void indices() throws Exception {
        Refusals.check(INDEX, IndexDefinition::parse, mutations -> mutations.json(INDEX));
    }

    /** What was taken can be written, and read again. */
    @Test
    void mappings() throws Exception {
        Refusals.check(
                MAPPINGS,
                body -> MappingParser.readStored(MappingWriter.stored(MappingParser.parse(body))),
                mutations -> mutations.json(MAPPINGS));
    }

    @Test
    void analysis() throws Exception {
        Refusals.check(ANALYSIS, AnalysisSettingsParser::parse, mutations -> mutations.json(ANALYSIS));
    }

    /** What fits a mapping can be merged into another document. */
    @Test
    void documents() throws Exception {
        byte[] other = "{\"title\":\"x\",\"o\":{\"k\":1},\"new\":{\"t\":[]}}".getBytes(StandardCharsets.UTF_8);
        Refusals.check(
                DOCUMENT,
                body -> {
                    DocumentParser.parse(MAPPING, "id", body.clone());
                    SourceMerge.merge(other, body);
                    SourceMerge.merge(body, other);
                },
                mutations -> mutations.json(DOCUMENT));
    }

    @Test
    void bulks() throws Exception {
        Refusals.check(BULK, body -> BulkParser.parse(body, "books"), mutations -> mutations.lines(BULK));
    }
}
