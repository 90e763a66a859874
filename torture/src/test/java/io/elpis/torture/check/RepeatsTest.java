package io.elpis.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class RepeatsTest {

    private static final Reply STORED = new Reply.Stored(true, 5, 1);

    static List<Reply> others() {
        return List.of(
                new Reply.Stored(false, 5, 1),
                new Reply.Stored(true, 6, 1),
                new Reply.Stored(true, 5, 2),
                new Reply.Removed(true, 5, 1),
                new Reply.Conflict());
    }

    @Test
    void firstOutcomeIsRight() {
        assertThat(violations(STORED, STORED)).isEmpty();
        assertThat(violations(new Reply.Conflict(), new Reply.Conflict())).isEmpty();
    }

    @Test
    void noOutcomeSaysNothing() {
        assertThat(violations(STORED, new Reply.Open("202"))).isEmpty();
        assertThat(violations(STORED, new Reply.Refused("503"))).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("others")
    void anotherOutcomeIsFound(Reply then) {
        assertThat(violations(STORED, then)).singleElement().asString().startsWith("a repeat was told another outcome");
    }

    private static List<String> violations(Reply first, Reply then) {
        Call call = new Call.Repeat(new Call.Put("v"), first);
        return Repeats.violations(List.of(new Operation(0, "doc", call, then, 2, 3, 1)));
    }
}
