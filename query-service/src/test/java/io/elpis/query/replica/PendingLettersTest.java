package io.elpis.query.replica;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.protocol.letter.DeadLetter;
import io.elpis.protocol.record.Position;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

final class PendingLettersTest {
    private static final long SECOND = 1_000_000_000;

    private record Sent(DeadLetter letter, CompletableFuture<Void> kept) {}

    private final List<Sent> sent = new ArrayList<>();
    private final PendingLetters letters = new PendingLetters(this::send, List.of());

    private CompletableFuture<Void> send(DeadLetter letter) {
        Sent now = new Sent(letter, new CompletableFuture<>());
        sent.add(now);
        return now.kept;
    }

    private static DeadLetter letter(long offset) {
        return DeadLetter.newBuilder()
                .setPosition(Position.newBuilder().setGeneration(1).setOffset(offset))
                .build();
    }

    @Test
    void aCommitCarriesWhatIsNotKnownToBeKept() throws IOException {
        letters.add(letter(1));
        letters.add(letter(2));
        sent.getFirst().kept.complete(null);
        assertThat(letters.toCommit()).containsExactly(letter(2));
        sent.getLast().kept.complete(null);
        assertThat(letters.toCommit()).isEmpty();
    }

    @Test
    void whatACommitCarriedIsSentAtTheNextStart() throws IOException {
        PendingLetters again = new PendingLetters(this::send, List.of(letter(2)));
        assertThat(sent).extracting(Sent::letter).containsExactly(letter(2));
        assertThat(again.toCommit()).containsExactly(letter(2));
    }

    @Test
    void whatDidNotGetThroughIsSentAgainAfterAWhile() throws IOException {
        letters.retry(5 * SECOND);
        letters.add(letter(1));
        letters.add(letter(2));
        letters.retry(6 * SECOND);
        assertThat(sent).as("all are on their way").hasSize(2);
        sent.getFirst().kept.completeExceptionally(new IOException("silent"));
        letters.retry(7 * SECOND);
        assertThat(sent).extracting(Sent::letter).containsExactly(letter(1), letter(2), letter(1));
        sent.getLast().kept.completeExceptionally(new IOException("silent"));
        letters.retry(7 * SECOND + 1);
        assertThat(sent).as("too soon").hasSize(3);
        letters.retry(8 * SECOND);
        sent.getLast().kept.complete(null);
        assertThat(letters.toCommit()).containsExactly(letter(2));
    }

    @Test
    void whenTooManyWaitNothingIsCommittedUntilTheyAreKeptAndThenTheCopyStartsAnew() throws IOException {
        for (int offset = 0; offset <= PendingLetters.MOST; offset++) {
            letters.add(letter(offset));
        }
        assertThat(sent).hasSize(PendingLetters.MOST);
        assertThat(letters.toCommit()).isNull();
        sent.forEach(each -> each.kept.complete(null));
        assertThatThrownBy(letters::toCommit).isInstanceOf(IOException.class).hasMessageContaining("last commit");
    }
}
