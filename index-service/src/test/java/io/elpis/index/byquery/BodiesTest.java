package io.elpis.index.byquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.elpis.model.error.ElpisException;
import io.elpis.model.query.QueryNode;
import io.elpis.protocol.task.ByQueryRequest.Kind;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BodiesTest {
    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Test
    void aBodyByQueryMaySayNothing() {
        assertThat(ByQueryBody.parse(Kind.UPDATE, new byte[0])).isEqualTo(new ByQueryBody(null, null, null, null));
        ByQueryBody said = ByQueryBody.parse(
                Kind.DELETE, bytes("{\"query\":{\"match_all\":{}},\"max_docs\":5,\"conflicts\":\"proceed\"}"));
        assertThat(said).isEqualTo(new ByQueryBody(new QueryNode.MatchAll(1f), 5L, "proceed", null));
    }

    @Test
    void anUpdateMaySayWhatToMergeIntoEachDocument() {
        ByQueryBody said = ByQueryBody.parse(Kind.UPDATE, bytes("{\"doc\": {\"ä\":[1, {}] },\"max_docs\":5}"));
        assertThat(said.maxDocs()).isEqualTo(5);
        assertThat(said.change()).isEqualTo(new ByQueryBody.Change(ByteString.copyFromUtf8("{\"ä\":[1, {}] }"), true));
        assertThat(ByQueryBody.parse(Kind.UPDATE, bytes("{\"detect_noop\":false,\"doc\":{}}"))
                        .change())
                .isEqualTo(new ByQueryBody.Change(ByteString.copyFromUtf8("{}"), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "UPDATE | {\"doc\":[{}]} | [doc] doesn't support values of type: START_ARRAY",
                "UPDATE | {\"doc\":null} | [doc] doesn't support values of type: VALUE_NULL",
                "UPDATE | {\"doc\":{},\"doc\":{}} | Duplicate field 'doc'",
                "UPDATE | {\"doc\":{},\"detect_noop\":1} | Failed to parse value [1] of [detect_noop]",
                "UPDATE | {\"detect_noop\":true} | doc must be specified if detect_noop is",
                "UPDATE | {\"doc\":{},\"upsert\":{}} | request does not support [upsert]",
                "DELETE | {\"doc\":{}} | request does not support [doc]",
            })
    void aChangeThatCannotBeIsRefused(Kind kind, String body, String reason) {
        assertThatThrownBy(() -> ByQueryBody.parse(kind, bytes(body)))
                .isInstanceOfSatisfying(ElpisException.class, refusal -> {
                    assertThat(refusal.code().httpStatus()).isEqualTo(400);
                    assertThat(refusal.reason()).contains(reason);
                });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"script\":{\"source\":\"x\"}} | [script] is not supported",
                "{\"sort\":[]} | request does not support [sort]",
                "{\"query\":{\"no_such\":{}}} | unknown query [no_such]",
            })
    void whatIsNotThereIsRefused(String body, String reason) {
        assertThatThrownBy(() -> ByQueryBody.parse(Kind.UPDATE, bytes(body)))
                .isInstanceOfSatisfying(ElpisException.class, refusal -> {
                    assertThat(refusal.code().httpStatus()).isEqualTo(400);
                    assertThat(refusal.reason()).contains(reason);
                });
    }

    @Test
    void aReindexSaysWhatFromAndWhereTo() {
        ReindexBody said = ReindexBody.parse(bytes("""
                {"source":{"index":["a","b*"],"size":50,"_source":["x","y.*"],"query":{"match_none":{}}},
                 "dest":{"index":"c","op_type":"index","version_type":"external_gt","routing":"keep"},
                 "max_docs":7,"conflicts":"abort"}"""));
        assertThat(said.sources).containsExactly("a", "b*");
        assertThat(said.batchSize).isEqualTo(50);
        assertThat(said.filter.includes()).containsExactly("x", "y.*");
        assertThat(said.query).isInstanceOf(QueryNode.MatchNone.class);
        assertThat(said.destination).isEqualTo("c");
        assertThat(said.create).isFalse();
        assertThat(said.versionType).isEqualTo("external");
        assertThat(said.maxDocs).isEqualTo(7);
        assertThat(said.conflicts).isEqualTo("abort");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{} | 1: use _all if you really want to copy from all existing indexes;2: index is missing;",
                "{\"source\":{\"index\":\"a\"}} | index is missing",
                "{\"source\":{\"index\":\"a\",\"remote\":{}},\"dest\":{\"index\":\"b\"}} | does not support [remote]",
                "{\"source\":{\"index\":\"a\"},\"dest\":{\"index\":\"b\",\"pipeline\":\"p\"}} | does not support [pipeline]",
                "{\"source\":{\"index\":\"a\"},\"dest\":{\"index\":\"b\",\"op_type\":\"x\"}} | opType must be",
                "{\"source\":{\"index\":\"a\"},\"dest\":{\"index\":\"b\",\"routing\":\"discard\"}} | [routing] other than",
                "{\"source\":{\"index\":\"a\",\"_source\":false},\"dest\":{\"index\":\"b\"}} | nothing to copy",
                "{\"script\":{}} | [script] is not supported",
            })
    void aReindexThatCannotBeIsRefused(String body, String reason) {
        assertThatThrownBy(() -> ReindexBody.parse(bytes(body)))
                .isInstanceOfSatisfying(ElpisException.class, refusal -> {
                    assertThat(refusal.code().httpStatus()).isEqualTo(400);
                    assertThat(refusal.reason()).contains(reason);
                });
    }
}
