package io.elpis.query.placement;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.placement.Assignment;
import io.elpis.protocol.placement.PlacementRecord;
import io.elpis.protocol.placement.ShardPlacement;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PlacementReaderTest {
    private static final IndexUuid INDEX = new IndexUuid(new UUID(1, 2));

    @TempDir
    Path directory;

    private final List<Integer> asked = new ArrayList<>();

    @Test
    void oneShardsTroubleKeepsNoOtherFromBeingHeld() {
        NodeCopies copies = new NodeCopies(directory, 1 << 20, (plan, _) -> {
            asked.add(plan.shard().shard());
            throw new IllegalStateException("no room");
        });
        PlacementReader reader = new PlacementReader("query-1", copies);
        reader.read("0", placed(0, "query-1"));
        reader.read("1", placed(1, "query-2"));
        reader.read("2", placed(2, "query-1"));
        assertThat(asked).as("what is outdated may follow").isEmpty();
        reader.caughtUp();
        assertThat(asked).containsExactly(0, 2);
        assertThat(reader.isCaughtUp()).isTrue();
    }

    private static byte[] placed(int shard, String node) {
        return PlacementRecord.newBuilder()
                .setShard(ShardPlacement.newBuilder()
                        .setIndexUuid(ByteString.copyFrom(INDEX.bytes()))
                        .setShard(shard)
                        .addCopies(Assignment.newBuilder().setNode(node)))
                .build()
                .toByteArray();
    }
}
