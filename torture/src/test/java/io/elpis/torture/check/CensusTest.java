package io.elpis.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.torture.check.Census.Sight;
import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class CensusTest {

    private static final Reply STORED = new Reply.Stored(true, 5, 1);
    private static final Sight FIRST = new Sight(0, 5, 1);
    private static final Reply OPEN = new Reply.Open("no answer");
    private static final Reply REFUSED = new Reply.Refused("503");

    @Test
    void allThatWasAcknowledgedOnceIsSound() {
        assertThat(violations(Map.of("a", List.of(FIRST)), create("a", STORED))).isEmpty();
    }

    @Test
    void openAndRefusedOnesMayBeMissing() {
        assertThat(violations(Map.of(), create("a", OPEN), create("b", REFUSED)))
                .isEmpty();
        assertThat(violations(Map.of("a", List.of(FIRST)), create("a", OPEN))).isEmpty();
    }

    @Test
    void lostAcknowledgementIsFound() {
        assertThat(violations(Map.of(), create("a", STORED)))
                .singleElement()
                .asString()
                .startsWith("acknowledged and lost");
    }

    @Test
    void secondDocumentIsFoundForOpenOnesToo() {
        assertThat(violations(Map.of("a", List.of(FIRST, new Sight(1, 5, 1))), create("a", OPEN)))
                .singleElement()
                .asString()
                .startsWith("there more than once");
    }

    @Test
    void secondWritingIsFound() {
        assertThat(violations(Map.of("a", List.of(new Sight(0, 5, 2))), create("a", STORED)))
                .singleElement()
                .asString()
                .startsWith("written more than once");
    }

    @Test
    void repeatThatMetItselfIsFound() {
        assertThat(violations(Map.of("a", List.of(FIRST)), create("a", new Reply.Conflict())))
                .singleElement()
                .asString()
                .startsWith("in conflict with nobody");
        assertThat(violations(Map.of("a", List.of(FIRST)), create("a", new Reply.Stored(false, 5, 1))))
                .singleElement()
                .asString()
                .startsWith("found where nothing was");
    }

    @Test
    void secondOutcomeIsFound() {
        assertThat(violations(Map.of("a", List.of(FIRST)), create("a", new Reply.Contradiction("created", "conflict"))))
                .singleElement()
                .asString()
                .startsWith("told two outcomes");
    }

    @Test
    void refusedAndStoredIsFound() {
        assertThat(violations(Map.of("a", List.of(FIRST)), create("a", REFUSED)))
                .singleElement()
                .asString()
                .startsWith("refused and stored");
    }

    @Test
    void strangerIsFound() {
        assertThat(violations(Map.of("x", List.of(FIRST))))
                .singleElement()
                .asString()
                .startsWith("never written: x");
    }

    @Test
    void numberThatWasToldWronglyIsFound() {
        assertThat(violations(Map.of("a", List.of(new Sight(0, 6, 1))), create("a", STORED)))
                .singleElement()
                .asString()
                .startsWith("told another sequence number");
    }

    @Test
    void numberThatAShardGaveTwiceIsFound() {
        Map<String, List<Sight>> present = Map.of("a", List.of(FIRST), "b", List.of(FIRST));
        assertThat(violations(present, create("a", STORED), create("b", OPEN)))
                .singleElement()
                .asString()
                .startsWith("two documents with one sequence number");
        Map<String, List<Sight>> apart = Map.of("a", List.of(FIRST), "b", List.of(new Sight(1, 5, 1)));
        assertThat(violations(apart, create("a", STORED), create("b", OPEN))).isEmpty();
    }

    private static List<String> violations(Map<String, List<Sight>> present, Operation... creations) {
        return new Census(present).violations(List.of(creations));
    }

    private static Operation create(String value, Reply reply) {
        return new Operation(0, value, new Call.Create(value), reply, 0, 1, 1);
    }
}
