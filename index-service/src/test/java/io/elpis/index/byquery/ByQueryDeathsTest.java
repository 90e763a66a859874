package io.elpis.index.byquery;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.protocol.task.ByQueryProgress;
import io.elpis.protocol.task.ByQueryRequest;
import io.elpis.protocol.task.ByQueryRequest.Kind;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class ByQueryDeathsTest {
    /** Whenever instances and copies die and whatever others write meanwhile, each document is accounted for once. */
    @Test
    void theAccountIsExactWhateverDies() throws Exception {
        long seed = Long.getLong("elpis.seed", 20_261_126);
        for (int round = 0; round < 300; round++) {
            Kind kind = List.of(Kind.DELETE, Kind.UPDATE, Kind.MERGE).get(round % 3);
            new Chaos(new Random(seed + round), kind).check("seed " + (seed + round));
        }
    }

    private static final class Chaos {
        private final Random random;
        private final Kind kind;
        private final ByQueryRunTest world = new ByQueryRunTest();

        /** Changed by others after the point in time and before the task got there. */
        private final Set<String> others = new HashSet<>();

        Chaos(Random random, Kind kind) {
            this.random = random;
            this.kind = kind;
        }

        void check(String what) throws Exception {
            world.fill(60);
            FakeShards shards = world.shards;
            for (int at = 60; at < 80; at++) {
                shards.put(at % 2, "id" + at, "{\"a\":1}");
            }
            shards.beforeWrite = number -> {
                if (random.nextInt(12) == 0) {
                    disturb();
                }
                if (random.nextInt(25) == 0) {
                    throw new FakeTask.Death();
                }
            };
            shards.beforeScan = number -> {
                if (random.nextInt(6) == 0) {
                    shards.loseLeases(FakeShards.NODES.get(random.nextInt(2)));
                }
            };
            ByQueryRequest request = kind == Kind.MERGE
                    ? ByQueryRunTest.merge("{\"a\":1}").build()
                    : ByQueryRunTest.request(kind).build();
            ByQueryProgress account = null;
            for (int life = 0; account == null; life++) {
                assertThat(life).as(what).isLessThan(200);
                world.task.saves = 0;
                world.task.dieBeforeSave = random.nextInt(12);
                world.task.dieAfterSave = random.nextInt(12);
                try {
                    account = world.run(request);
                } catch (FakeTask.Death death) {
                    // Somebody takes over.
                }
            }
            assertThat(account.getFailed()).as(what).isZero();
            assertThat(account.getDeleted() + account.getUpdated() + account.getNoops() + account.getVersionConflicts())
                    .as(what)
                    .isEqualTo(account.getTotal())
                    .isEqualTo(80);
            assertThat(account.getVersionConflicts()).as(what).isEqualTo(others.size());
            if (kind == Kind.DELETE) {
                assertThat(world.left()).as(what).isEqualTo(others.size());
            }
            if (kind == Kind.MERGE) {
                assertThat(account.getNoops()
                                + others.stream().filter(Chaos::wasDone).count())
                        .as(what)
                        .isEqualTo(20);
            }
        }

        private static boolean wasDone(String id) {
            return Integer.parseInt(id.substring(2)) >= 60;
        }

        /** Changes a document that the task has not changed, once the point in time is fixed. */
        private void disturb() {
            int shard = random.nextInt(2);
            world.shards.of(shard).values().stream()
                    .filter(document -> document.getVersion() == 1)
                    .map(document -> document.getAt().getId())
                    .sorted()
                    .skip(random.nextInt(20))
                    .findFirst()
                    .ifPresent(id -> {
                        world.shards.put(shard, id, "{}");
                        if (!world.shards.hasMet(shard, id)) {
                            others.add(id);
                        }
                    });
        }
    }
}
