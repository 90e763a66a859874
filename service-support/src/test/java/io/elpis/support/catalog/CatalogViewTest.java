package io.elpis.support.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.elpis.model.schema.IndexSettings;
import io.elpis.model.schema.IndexSettingsWriter;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.Mapping;
import io.elpis.model.schema.MappingWriter;
import io.elpis.protocol.node.CatalogEntry;
import io.elpis.protocol.node.CatalogSnapshot;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class CatalogViewTest {
    private static final IndexUuid OLD = new IndexUuid(new UUID(0, 1));
    private static final IndexUuid NEW = new IndexUuid(new UUID(0, 2));

    @Test
    void namesAndUuidsLeadToTheIndex() {
        CatalogView view = CatalogView.EMPTY.plus(snapshot(3, entry(3, "wiki", OLD, false)));
        assertThat(view.version()).isEqualTo(3);
        assertThat(view.index("wiki").orElseThrow().uuid()).isEqualTo(OLD);
        assertThat(view.index(OLD).orElseThrow().settings()).isEqualTo(IndexSettings.DEFAULT);
        assertThat(view.index("other")).isEmpty();
    }

    @Test
    void deletedIndexIsGone() {
        CatalogView view = CatalogView.EMPTY
                .plus(snapshot(3, entry(3, "wiki", OLD, false)))
                .plus(snapshot(4, entry(4, "wiki", OLD, true)));
        assertThat(view.indices()).isEmpty();
        assertThat(view.index(OLD)).isEmpty();
    }

    @Test
    void laterIndexOfTheSameNameOutlivesTheTombstoneOfTheFormer() {
        CatalogView view = CatalogView.EMPTY
                .plus(snapshot(3, entry(3, "wiki", OLD, false)))
                .plus(snapshot(5, entry(5, "wiki", NEW, false), entry(4, "wiki", OLD, true)));
        assertThat(view.index("wiki").orElseThrow().uuid()).isEqualTo(NEW);
    }

    @Test
    void nodeThatLagsBehindChangesNothing() {
        CatalogView view = CatalogView.EMPTY
                .plus(snapshot(4, entry(4, "wiki", OLD, true)))
                .plus(snapshot(3, entry(3, "wiki", OLD, false)));
        assertThat(view.version()).isEqualTo(4);
        assertThat(view.indices()).isEmpty();
    }

    private static CatalogSnapshot snapshot(long version, CatalogEntry... entries) {
        return CatalogSnapshot.newBuilder()
                .setVersion(version)
                .addAllEntries(List.of(entries))
                .build();
    }

    private static CatalogEntry entry(long version, String name, IndexUuid uuid, boolean deleted) {
        return CatalogEntry.newBuilder()
                .setCatalogVersion(version)
                .setIndexUuid(ByteString.copyFrom(uuid.bytes()))
                .setName(name)
                .setDeleted(deleted)
                .setSettings(ByteString.copyFrom(IndexSettingsWriter.stored(IndexSettings.DEFAULT)))
                .setMapping(ByteString.copyFrom(MappingWriter.stored(Mapping.EMPTY)))
                .build();
    }
}
