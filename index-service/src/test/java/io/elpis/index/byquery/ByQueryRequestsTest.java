package io.elpis.index.byquery;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.TestCatalogs;
import io.elpis.index.http.Parameters;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.log.RecordLog;
import io.elpis.model.error.ElpisException;
import io.elpis.model.mutation.Refusals;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.task.ByQueryRequest;
import io.elpis.protocol.task.ByQueryRequest.Kind;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.mock.web.MockHttpServletRequest;

final class ByQueryRequestsTest {
    private final Catalog catalog =
            TestCatalogs.catalog(new MappingAnnouncer(new AgreeableLog(), Duration.ofSeconds(1)));
    private final ByQueryRequests requests = new ByQueryRequests(catalog, true, InstantSource.system());

    @BeforeEach
    void empty() {
        TestCatalogs.empty();
    }

    private ByQueryRequest update(String body) {
        catalog.getOrCreate("books");
        Parameters parameters = Parameters.of(new MockHttpServletRequest(), Set.of());
        return requests.byQuery(Kind.UPDATE, "books", parameters, body.getBytes(UTF_8));
    }

    @Test
    void aTaskCarriesWhatItMerges() {
        ByQueryRequest wanted = update("{\"doc\":{\"a\": 1},\"detect_noop\":false}");
        assertThat(wanted.getKind()).isEqualTo(Kind.MERGE);
        assertThat(wanted.getDoc().toStringUtf8()).isEqualTo("{\"a\": 1}");
        assertThat(wanted.getDetectNoop()).isFalse();
        assertThat(update("{\"doc\":{}}").getDetectNoop()).isTrue();
        assertThat(update("").getKind()).isEqualTo(Kind.UPDATE);
    }

    @Test
    void whatDoesNotFitIsRefusedBeforeThereIsATask() {
        assertThatThrownBy(() -> update("{\"doc\":{\"_id\":\"x\"}}"))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        refusal -> assertThat(refusal.code().httpStatus()).isEqualTo(400))
                .hasMessageContaining("[_id] is a metadata field");
    }

    @Test
    void bodiesThatAreNearlyValidAreTakenOrRefused() throws Exception {
        String update = """
                {"query":{"bool":{"must":{"match":{"title":{"query":"a b","minimum_should_match":"2<75%"}}},
                                  "filter":{"range":{"at":{"gte":"now-1d/d","lt":5}}}}},
                 "max_docs":5,"conflicts":"proceed","doc":{"a":1,"b":{"c":["x"]}},"detect_noop":false}""";
        Refusals.check(update, body -> update(new String(body, UTF_8)), mutations -> mutations.json(update));

        String reindex = """
                {"source":{"index":["books"],"query":{"match_all":{}},"_source":["a"],"size":10},"max_docs":5,
                 "dest":{"index":"other","op_type":"create","version_type":"internal","routing":"keep"}}""";
        Parameters parameters = Parameters.of(new MockHttpServletRequest(), Set.of());
        Refusals.check(reindex, body -> requests.reindex(parameters, body), mutations -> mutations.json(reindex));
    }

    private static final class AgreeableLog implements RecordLog {
        @Override
        public void append(LogPartition to, byte[] key, LogRecord record, Confirmation confirmed) {
            confirmed.stored(0);
        }

        @Override
        public void checkAvailable() {}
    }
}
