package io.elpis.query.replica;

import static io.elpis.query.replica.TestLog.doc;
import static io.elpis.query.replica.TestLog.upsert;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.elpis.model.schema.Mapping;
import io.elpis.protocol.record.UpdateAction;
import io.elpis.query.lucene.PoisonException;
import io.elpis.query.replica.PartialUpdate.Missing;
import io.elpis.query.replica.PartialUpdate.Store;
import io.elpis.query.replica.PartialUpdate.Unchanged;
import java.nio.charset.StandardCharsets;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class PartialUpdateTest {
    private static final String BEFORE = "{\"title\":\"first\", \"size\" : 1}";
    private static final Mapping MAPPING = TestLog.schema(new MappingState(9, ByteString.EMPTY, ByteString.EMPTY))
            .mapping();

    @Test
    void whereThereIsNoneTheUpsertIsStored() {
        assertThat(stored(upsert("{ \"size\":2}"), null)).isEqualTo("{ \"size\":2}");
        assertThat(stored(doc("{\"size\":3}").setUpsert(ByteString.copyFromUtf8("{\"size\":2}")), null))
                .isEqualTo("{\"size\":2}");
        assertThat(stored(doc("{\"size\":3}").setDocAsUpsert(true), null)).isEqualTo("{\"size\":3}");
        assertThat(of(doc("{\"size\":3}"), null)).isEqualTo(new Missing());
        assertThat(of(UpdateAction.newBuilder(), null)).isEqualTo(new Missing());
    }

    @Test
    void aDocumentIsMergedByteForByte() {
        assertThat(stored(doc("{\"meta\":{\"color\":\"red\"}}"), BEFORE))
                .isEqualTo("{\"title\":\"first\", \"size\" : 1,\"meta\":{\"color\":\"red\"}}");
    }

    @Test
    void onlyWhoLooksForItFindsThatNothingChanges() {
        assertThat(of(doc("{\"size\":1}"), BEFORE)).isEqualTo(new Unchanged());
        assertThat(of(doc("{}"), BEFORE)).isEqualTo(new Unchanged());
        assertThat(stored(doc("{\"size\":1}").setDetectNoop(false), BEFORE)).isEqualTo(BEFORE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"new\":1}", "{\"size\":\"none\"}", "[]", "{\"size\":", "{\"size\":2,\"size\":3}", ""})
    void whatDoesNotFitIsPoison(String partial) {
        assertThatThrownBy(() -> of(doc(partial), BEFORE)).isInstanceOf(PoisonException.class);
        if (!partial.isEmpty()) {
            assertThatThrownBy(() -> of(upsert(partial), null)).isInstanceOf(PoisonException.class);
        }
    }

    @Test
    void aMergedDocumentDoesNotGrowWithoutEnd() {
        String half = "\"" + "x".repeat(PartialUpdate.LARGEST_DOCUMENT / 2) + "\"";
        String before = "{\"title\":" + half + "}";
        assertThatThrownBy(() -> of(doc("{\"meta\":{\"color\":" + half + "}}"), before))
                .isInstanceOf(PoisonException.class)
                .hasMessageContaining("bytes, more than [33554432]");
    }

    private static String stored(UpdateAction.Builder update, @Nullable String before) {
        return of(update, before) instanceof Store(var document)
                ? new String(document.source(), StandardCharsets.UTF_8)
                : "nothing";
    }

    private static PartialUpdate of(UpdateAction.Builder update, @Nullable String before) {
        return PartialUpdate.of(update.build(), "1", before == null ? null : new BytesRef(before), MAPPING);
    }
}
