package io.elpis.index.byquery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.index.catalog.Catalog;
import io.elpis.index.catalog.TestCatalogs;
import io.elpis.index.http.Parameters;
import io.elpis.index.log.LogPartition;
import io.elpis.index.log.MappingAnnouncer;
import io.elpis.index.log.RecordLog;
import io.elpis.model.error.ElpisException;
import io.elpis.protocol.record.LogRecord;
import io.elpis.protocol.task.ByQueryRequest;
import io.elpis.protocol.task.ByQueryRequest.Kind;
import java.nio.charset.StandardCharsets;
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
        return requests.byQuery(Kind.UPDATE, "books", parameters, body.getBytes(StandardCharsets.UTF_8));
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

    private static final class AgreeableLog implements RecordLog {
        @Override
        public void append(LogPartition to, byte[] key, LogRecord record, Confirmation confirmed) {
            confirmed.stored(0);
        }

        @Override
        public void checkAvailable() {}
    }
}
