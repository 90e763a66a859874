package io.elpis.index.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.elpis.model.error.ElpisException;
import io.elpis.model.schema.IndexUuid;
import io.elpis.protocol.letter.Acknowledgement;
import io.elpis.protocol.letter.DeadLetter;
import io.elpis.protocol.letter.DeadLetterId;
import io.elpis.protocol.letter.DeadLetterRecord;
import io.elpis.protocol.record.Position;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class LetterViewTest {
    private static final IndexUuid INDEX = new IndexUuid(new UUID(1, 2));
    private static final DeadLetterRecord ACKNOWLEDGED = DeadLetterRecord.newBuilder()
            .setAcknowledgement(Acknowledgement.newBuilder().setSubject("admin"))
            .build();

    private final LetterView view = new LetterView(3, id -> id.shard().shard() == 0);

    static DeadLetter letter(IndexUuid index, int shard, long offset) {
        return DeadLetter.newBuilder()
                .setIndexUuid(ByteString.copyFrom(index.bytes()))
                .setShard(shard)
                .setPosition(Position.newBuilder().setGeneration(1).setOffset(offset))
                .setErrorType("parsing_exception")
                .setReason("unreadable record")
                .build();
    }

    private static DeadLetterId id(long offset) {
        return DeadLetterId.of(letter(INDEX, 0, offset));
    }

    private void write(int shard, long offset) {
        DeadLetter letter = letter(INDEX, shard, offset);
        view.apply(
                DeadLetterId.of(letter).text(),
                DeadLetterRecord.newBuilder().setLetter(letter).build());
    }

    private Iterable<Long> offsets() {
        return view.letters().stream()
                .map(letter -> letter.getPosition().getOffset())
                .toList();
    }

    @Test
    void whatEachCopyWroteIsOneLetter() {
        write(0, 5);
        write(0, 7);
        write(0, 5);
        write(1, 6);
        assertThat(offsets()).containsExactly(7L, 5L);
        assertThat(view.hasMore()).isFalse();
    }

    @Test
    void anAcknowledgedLetterStaysAwayThoughACopyIsBuiltAnew() {
        write(0, 5);
        view.apply(id(5).acknowledgementKey(), ACKNOWLEDGED);
        view.apply(id(5).text(), null);
        write(0, 5);
        assertThat(offsets()).isEmpty();
    }

    @Test
    void ofMoreLettersThanItHoldsItSaysThatThereAreMore() {
        for (long offset = 0; offset < 5; offset++) {
            write(0, offset);
        }
        assertThat(offsets()).containsExactly(4L, 3L, 2L);
        assertThat(view.hasMore()).isTrue();
    }

    @Test
    void namesSayWhereARecordIs() {
        assertThat(DeadLetterId.parse(INDEX.text() + ".3.1.42")).isEqualTo(DeadLetterId.of(letter(INDEX, 3, 42)));
        assertThat(DeadLetterId.ofKey(id(9).acknowledgementKey())).isEqualTo(id(9));
        for (String broken : new String[] {"", "a.b.c.d", INDEX.text() + ".0.1", INDEX.text() + ".0.1.-2", "..."}) {
            assertThatThrownBy(() -> DeadLetterId.parse(broken))
                    .as(broken)
                    .isInstanceOf(ElpisException.class)
                    .hasMessageContaining("[" + broken + "]");
        }
    }
}
