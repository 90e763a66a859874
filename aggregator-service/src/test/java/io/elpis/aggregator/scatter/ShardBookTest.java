package io.elpis.aggregator.scatter;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.error.ErrorWire;
import io.elpis.protocol.node.SearchResponse;
import io.elpis.protocol.node.ShardAnswer;
import io.elpis.support.topology.LiveNode;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ShardBookTest {
    private static final ShardAnswer GOOD = ShardAnswer.getDefaultInstance();
    private static final ShardAnswer BAD = ShardAnswer.newBuilder()
            .setFailure(ErrorWire.write(new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, "gone")))
            .build();

    private final LiveNode slow = new SomeNode("query-1", false);
    private final LiveNode helper = new SomeNode("query-2", false);
    private final ShardBook book = new ShardBook(3);

    private static SearchResponse response(ShardAnswer... shards) {
        return SearchResponse.newBuilder().addAllShards(Arrays.asList(shards)).build();
    }

    private List<NodeAnswer> answers() {
        return book.gathered(List.of()).answers();
    }

    /** Its hits of shard 1 are those that its hits of shard 0 left room for. */
    @Test
    void lateAnswerCountsForAllItsShardsWhereItIsNeededForOne() {
        book.accept(helper, List.of(0), response(GOOD));
        book.accept(slow, List.of(0, 1, 2), response(GOOD, GOOD, GOOD));
        assertThat(book.isDone()).isTrue();
        assertThat(answers()).singleElement().satisfies(answer -> {
            assertThat(answer.node()).isEqualTo(slow);
            assertThat(answer.acceptedOrdinals()).containsExactly(0, 1, 2);
        });
    }

    @Test
    void lateAnswerThatNothingIsMissingOfChangesNothing() {
        book.accept(helper, List.of(0, 1), response(GOOD, GOOD));
        book.accept(slow, List.of(0, 1), response(GOOD, GOOD));
        book.accept(helper, List.of(2), response(GOOD));
        assertThat(answers()).extracting(NodeAnswer::node).containsExactly(helper, helper);
    }

    @Test
    void earlierAnswerStaysWhereTheLateOneFailed() {
        book.accept(helper, List.of(0), response(GOOD));
        assertThat(book.accept(slow, List.of(0, 1, 2), response(BAD, GOOD, GOOD)))
                .isEmpty();
        assertThat(answers()).extracting(NodeAnswer::acceptedOrdinals).containsExactly(List.of(0), List.of(1, 2));
    }

    @Test
    void shardsWithoutAnAnswerStayOpen() {
        assertThat(book.accept(slow, List.of(2, 1), response(GOOD, BAD)))
                .extracting(ShardBook.Unanswered::ordinal)
                .containsExactly(1);
        assertThat(book.open(List.of(0, 1, 2))).containsExactly(0, 1);
        assertThat(book.isDone()).isFalse();
    }

    @Test
    void bookKnowsWhoWasAsked() {
        book.ask(List.of(0, 2), slow);
        assertThat(book.wasAsked(2, slow)).isTrue();
        assertThat(book.wasAsked(1, slow)).isFalse();
        assertThat(book.wasAsked(2, helper)).isFalse();
    }
}
