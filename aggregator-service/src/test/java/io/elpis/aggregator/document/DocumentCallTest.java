package io.elpis.aggregator.document;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.aggregator.consistency.Reading;
import io.elpis.model.search.SourceFilter;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class DocumentCallTest {
    @Test
    void anEmptyRoutingIsNone() {
        assertThat(call("").routing()).isNull();
        assertThat(call(null).routing()).isNull();
        assertThat(call("eve").routing()).isEqualTo("eve");
    }

    private static DocumentCall call(@Nullable String routing) {
        return new DocumentCall("books", "1", routing, true, SourceFilter.ALL, Reading.EVENTUAL, "");
    }
}
