package io.elpis.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class RegistersTest {

    private static final long BUDGET = 1_000_000;
    private static final Registers REGISTERS = new Registers(BUDGET);

    @Test
    void rightStoreIsNeverAccused() {
        for (long seed = 0; seed < 300; seed++) {
            List<Operation> history = new SimulatedStore(seed, Defect.NONE).run(200);
            assertThat(REGISTERS.judge(history)).as("seed %d", seed).isEqualTo(Verdict.SOUND);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void everyDefectIsCaught(Defect defect) {
        for (long seed = 0; seed < 60; seed++) {
            List<Operation> history = new SimulatedStore(seed, defect).run(250);
            assertThat(REGISTERS.judge(history).violations())
                    .as("seed %d", seed)
                    .isNotEmpty();
        }
    }

    @Test
    void orderOfTheListDoesNotMatter() {
        List<Operation> history = new ArrayList<>(new SimulatedStore(7, Defect.NONE).run(200));
        Collections.shuffle(history, new Random(1));
        assertThat(REGISTERS.judge(history)).isEqualTo(Verdict.SOUND);
    }

    @Test
    void overlappingWritesMayHaveEitherOrder() {
        Operation a = at(0, 10, new Call.Put("a"), new Reply.Stored(false, 2, 2));
        Operation b = at(0, 10, new Call.Put("b"), new Reply.Stored(true, 1, 1));
        assertThat(REGISTERS.judge(List.of(a, b, at(11, 12, new Call.Read(), new Reply.Found("a", 2, 1, 2)))))
                .isEqualTo(Verdict.SOUND);
        assertThat(REGISTERS
                        .judge(List.of(a, b, at(11, 12, new Call.Read(), new Reply.Found("b", 1, 1, 1))))
                        .violations())
                .isNotEmpty();
    }

    @Test
    void openWriteMayHappenLateOrNever() {
        Operation first = at(0, 1, new Call.Put("a"), new Reply.Stored(true, 1, 1));
        Operation open = at(2, 3, new Call.Put("b"), new Reply.Open("timed out"));
        Operation still = at(4, 5, new Call.Read(), new Reply.Found("a", 1, 1, 1));
        Operation then = at(6, 7, new Call.Read(), new Reply.Found("b", 2, 1, 2));
        assertThat(REGISTERS.judge(List.of(first, open, still))).isEqualTo(Verdict.SOUND);
        assertThat(REGISTERS.judge(List.of(first, open, still, then))).isEqualTo(Verdict.SOUND);
        Operation back = at(8, 9, new Call.Read(), new Reply.Found("a", 1, 1, 1));
        assertThat(REGISTERS.judge(List.of(first, open, still, then, back)).violations())
                .hasSize(2)
                .anyMatch(violation -> violation.startsWith("not linearizable: doc: no order explains"));
    }

    @Test
    void valueFromNowhereIsCaught() {
        assertThat(REGISTERS
                        .judge(List.of(at(0, 1, new Call.Read(), new Reply.Found("a", 1, 1, 1))))
                        .violations())
                .hasSize(1);
    }

    @Test
    void secondOutcomeIsCaught() {
        Operation told = at(0, 1, new Call.Put("a"), new Reply.Contradiction("created", "updated"));
        assertThat(REGISTERS.judge(List.of(told)).violations()).hasSize(1);
    }

    @Test
    void smallBudgetLeavesItUndecided() {
        List<Operation> history = new SimulatedStore(3, Defect.NONE).run(200);
        Verdict verdict = new Registers(10).judge(history);
        assertThat(verdict.violations()).isEmpty();
        assertThat(verdict.undecided()).singleElement().asString().contains("no order found in 11 steps");
        assertThat(verdict.sound()).isFalse();
    }

    @Test
    void documentsAreJudgedByThemselves() {
        Operation here = at(0, 1, new Call.Put("a"), new Reply.Stored(true, 1, 1));
        Operation there = new Operation(1, "other", new Call.Read(), new Reply.Absent(), 2, 3, 1);
        assertThat(REGISTERS.judge(List.of(here, there))).isEqualTo(Verdict.SOUND);
    }

    private static Operation at(long invoked, long returned, Call call, Reply reply) {
        return new Operation(0, "doc", call, reply, invoked, returned, 1);
    }
}
