package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.protocol.letter.DeadLetter;
import java.io.IOException;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.lucene.store.Directory;
import org.junit.jupiter.api.Test;

/** Whatever crashes and whatever the topic takes: in the end it holds one letter for each record rejected, no other. */
final class DeadLetterLawsTest {
    private static final ApplyLogic LOGIC = new ApplyLogic(2, 60);

    /** A topic that takes, refuses, or does not answer. */
    private static final class Topic implements DeadLetterOutbox {
        final Map<Long, DeadLetter> kept = new TreeMap<>();
        private final Random moods;
        private boolean well;

        Topic(Random moods) {
            this.moods = moods;
        }

        @Override
        public CompletableFuture<Void> send(DeadLetter letter) {
            return switch (well ? 0 : moods.nextInt(4)) {
                case 0, 1 -> {
                    DeadLetter before = kept.put(letter.getPosition().getOffset(), letter);
                    assertThat(before == null || before.equals(letter)).isTrue();
                    yield well || moods.nextBoolean()
                            ? CompletableFuture.allOf()
                            : CompletableFuture.failedFuture(new IOException("the answer got lost"));
                }
                case 2 -> CompletableFuture.failedFuture(new IOException("refused"));
                default -> new CompletableFuture<>();
            };
        }
    }

    @Test
    void noLetterIsLost() throws IOException {
        int letters = 0;
        for (int run = 0; run < 40; run++) {
            long seed = Long.getLong("elpis.seed", 31_000 + run);
            Random random = new Random(seed);
            TestLog log = StateMachineLawsTest.randomLog(random, 50 + random.nextInt(200));
            Topic expected = new Topic(random);
            expected.well = true;
            try (ShardCopy copy = open(CrashingDirectory.newDisk(), expected)) {
                copy.apply(log.entries());
            }
            Topic topic = new Topic(random);
            applyInPieces(log, random, topic);
            assertThat(topic.kept).as("seed " + seed).isEqualTo(expected.kept);
            letters += topic.kept.size();
        }
        assertThat(letters).isGreaterThan(100);
    }

    private static void applyInPieces(TestLog log, Random random, Topic topic) throws IOException {
        CrashingDirectory power = new CrashingDirectory(CrashingDirectory.newDisk());
        ShardCopy copy = open(power, topic);
        long now = 0;
        while (copy.nextOffset() < log.end()) {
            int from = (int) copy.nextOffset();
            int to = Math.min((int) log.end(), from + 1 + random.nextInt(25));
            copy.apply(log.entries().subList(from, to));
            switch (random.nextInt(5)) {
                case 0, 1 -> copy.commit();
                case 2 -> copy.retryLetters(now += 2_000_000_000L);
                case 3 -> {
                    copy.close();
                    power = new CrashingDirectory(power.diskAfterPowerLoss(random.nextBoolean()));
                    copy = open(power, topic);
                }
                default -> {}
            }
        }
        // What is on its way for ever is sent again by the next start.
        copy.commit();
        copy.close();
        topic.well = true;
        open(power.diskAfterPowerLoss(false), topic).close();
    }

    private static ShardCopy open(Directory directory, DeadLetterOutbox outbox) throws IOException {
        return ShardCopy.open(directory, TestLog.IDENTITY, CopySettings.DEFAULT, TestLog.SCHEMAS, outbox, LOGIC);
    }
}
