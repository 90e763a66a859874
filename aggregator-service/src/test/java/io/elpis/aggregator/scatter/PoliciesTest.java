package io.elpis.aggregator.scatter;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.aggregator.scatter.Recovery.AfterFailure;
import io.elpis.aggregator.scatter.Recovery.Help;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.grpc.Status;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class PoliciesTest {
    @Test
    void budgetAllowsItsBurstAndThenItsShare() {
        Budget budget = new Budget(0.05, 10);
        int burst = 0;
        while (budget.spend()) {
            burst++;
        }
        assertThat(burst).isEqualTo(10);
        int extra = 0;
        for (int call = 0; call < 1_000; call++) {
            budget.earn();
            if (budget.spend()) {
                extra++;
            }
        }
        assertThat(extra).isEqualTo(50);
    }

    @Test
    void budgetNeverSavesMoreThanItsBurst() {
        Budget budget = new Budget(1, 3);
        for (int call = 0; call < 100; call++) {
            budget.earn();
        }
        for (int call = 0; call < 3; call++) {
            assertThat(budget.spend()).isTrue();
        }
        assertThat(budget.spend()).isFalse();
    }

    @Test
    void hedgeWaitsForTheSlowestTwentieth() {
        HedgePolicy policy = new HedgePolicy(Duration.ofMillis(1), Duration.ofSeconds(1));
        assertThat(policy.delay()).isEqualTo(Duration.ofSeconds(1).toNanos());
        Random random = new Random(5);
        for (int i = 0; i < 512; i++) {
            policy.observe(random.nextInt(100) < 90 ? 2_000_000 : 50_000_000);
        }
        assertThat(policy.delay()).isEqualTo(50_000_000);
        for (int i = 0; i < 512; i++) {
            policy.observe(i % 100 < 97 ? 2_000_000 : 50_000_000);
        }
        assertThat(policy.delay()).isEqualTo(2_000_000);
    }

    @Test
    void hedgeDelayStaysBetweenFloorAndCeiling() {
        HedgePolicy policy = new HedgePolicy(Duration.ofMillis(20), Duration.ofMillis(100));
        for (int i = 0; i < 64; i++) {
            policy.observe(1_000);
        }
        assertThat(policy.delay()).isEqualTo(20_000_000);
        for (int i = 0; i < 512; i++) {
            policy.observe(10_000_000_000L);
        }
        assertThat(policy.delay()).isEqualTo(100_000_000);
    }

    @Test
    void failureLeadsToAnotherCopyWhileThereIsTimeAndBudget() {
        NodeFailure node = new NodeFailure(new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, "gone"), false, true);
        NodeFailure request = new NodeFailure(new ElpisException(ErrorCode.QUERY_SHARD, "no field"), true, false);
        Budget one = new Budget(0, 1);
        assertThat(Recovery.after(request, 100, one)).isEqualTo(AfterFailure.FAIL);
        assertThat(Recovery.after(node, 0, one)).isEqualTo(AfterFailure.TIME_OUT);
        assertThat(Recovery.after(node, 100, one)).isEqualTo(AfterFailure.ASK_ANOTHER);
        assertThat(Recovery.after(node, 100, one)).isEqualTo(AfterFailure.GIVE_UP);
    }

    @Test
    void copyThatIsBehindLeadsToAnotherWithoutBudget() {
        Budget none = new Budget(0, 0);
        for (ErrorCode code : List.of(ErrorCode.COPY_BEHIND, ErrorCode.LOG_UNAVAILABLE)) {
            NodeFailure behind = new NodeFailure(new ElpisException(code, "not there yet"), false, false);
            assertThat(Recovery.after(behind, 100, none)).isEqualTo(AfterFailure.ASK_ANOTHER);
            assertThat(Recovery.after(behind, 0, none)).isEqualTo(AfterFailure.TIME_OUT);
        }
    }

    @Test
    void openCircuitIsSeenWithoutTrying() {
        NodeBreakers breakers = new NodeBreakers(2, 50, Duration.ofSeconds(60));
        SomeNode node = new SomeNode("query-1", false);
        assertThat(breakers.isOpen(node)).isFalse();
        for (int call = 0; call < 2; call++) {
            breakers.of(node).onError(1, TimeUnit.NANOSECONDS, new IllegalStateException("broken"));
        }
        assertThat(breakers.isOpen(node)).isTrue();
        assertThat(breakers.isOpen(new SomeNode("query-2", false))).isFalse();
    }

    @Test
    void slowAndSilentNodesAreHelpedOnce() {
        assertThat(Recovery.help(false, false, 9, 10)).isEqualTo(Help.NONE);
        assertThat(Recovery.help(false, false, 10, 10)).isEqualTo(Help.FOR_SLOWNESS);
        assertThat(Recovery.help(false, true, 1, 10)).isEqualTo(Help.FOR_SILENCE);
        assertThat(Recovery.help(true, true, 99, 10)).isEqualTo(Help.NONE);
    }

    @Test
    void latenessSpeaksAgainstASilentNodeOnly() {
        Status late = Status.DEADLINE_EXCEEDED;
        assertThat(NodeFailure.of(late, null, new SomeNode("query-1", false)).nodesFault())
                .isFalse();
        assertThat(NodeFailure.of(late, null, new SomeNode("query-1", true)).nodesFault())
                .isTrue();
    }
}
