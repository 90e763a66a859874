package io.elpis.index.overview;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.index.catalog.CatalogIndex;
import io.elpis.index.log.KnownNode;
import io.elpis.index.log.LogPartition;
import io.elpis.model.schema.IndexMetadata;
import io.elpis.model.schema.IndexName;
import io.elpis.model.schema.IndexSettings;
import io.elpis.model.schema.IndexUuid;
import io.elpis.model.schema.Mapping;
import io.elpis.protocol.node.CopyState;
import io.elpis.protocol.node.CopyState.State;
import io.elpis.support.topology.NodeView;
import io.elpis.support.topology.ShardCopy;
import io.elpis.support.topology.ShardMap;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class IndexHealthTest {
    private static CatalogIndex index(int copies) {
        IndexSettings plain = IndexSettings.DEFAULT;
        IndexSettings settings = new IndexSettings(
                1, copies - 1, plain.refreshInterval(), plain.analysis(), 10_000, plain.totalFieldsLimit());
        IndexUuid uuid = new IndexUuid(new UUID(1, 2));
        return new CatalogIndex(
                new IndexMetadata(new IndexName("books"), uuid, 0, settings, Mapping.EMPTY, 1),
                List.of(new LogPartition("books", 0, 1)),
                false);
    }

    /** Of an index of one shard, each of whose copies is on a node of its own. */
    private static IndexHealth health(int wanted, State... states) {
        CatalogIndex index = index(wanted);
        List<NodeView> views = new ArrayList<>();
        for (State state : states) {
            KnownNode node = new KnownNode("query-" + views.size());
            ShardCopy copy = new ShardCopy(
                    index.metadata().shard(0),
                    node,
                    CopyState.newBuilder().setState(state).build());
            views.add(new NodeView(node, 1, 1, state == State.DRAINING, 1, List.of(copy)));
        }
        return IndexHealth.of(index, ShardMap.of(views));
    }

    @Test
    void anIndexIsGreenWhenAllItsCopiesServe() {
        assertThat(health(2, State.SERVING, State.SERVING)).isEqualTo(new IndexHealth(1, 2, 1, 2, 0, 0, 0));
        assertThat(health(2, State.SERVING, State.SERVING).status()).isEqualTo(IndexHealth.Status.GREEN);
    }

    @Test
    void aCopyThatIsBuiltIsNotMissingButNotThereYet() {
        IndexHealth health = health(2, State.SERVING, State.RECOVERING);
        assertThat(health).isEqualTo(new IndexHealth(1, 2, 1, 1, 1, 0, 0));
        assertThat(health.status()).isEqualTo(IndexHealth.Status.YELLOW);
    }

    @Test
    void aFailedCopyIsMissing() {
        assertThat(health(1, State.FAILED)).isEqualTo(new IndexHealth(1, 1, 0, 0, 0, 0, 1));
        assertThat(health(1, State.FAILED).status()).isEqualTo(IndexHealth.Status.RED);
    }

    /** Searches are answered from it. */
    @Test
    void aCopyThatIsToLeaveServesUntilItHas() {
        assertThat(health(1, State.DRAINING)).isEqualTo(new IndexHealth(1, 1, 1, 1, 0, 1, 0));
        assertThat(health(1, State.DRAINING).status()).isEqualTo(IndexHealth.Status.GREEN);
        assertThat(health(2, State.DRAINING, State.SERVING, State.RECOVERING).status())
                .isEqualTo(IndexHealth.Status.GREEN);
    }
}
