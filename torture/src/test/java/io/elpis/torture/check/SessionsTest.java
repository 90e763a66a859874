package io.elpis.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.torture.history.Call;
import io.elpis.torture.history.Call.Consistency;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One document, which client 0 reads in its session while client 1 changes it. */
final class SessionsTest {

    private final List<Operation> history = new ArrayList<>();
    private long now;

    @Test
    void sessionMayStandStillAndGoAhead() {
        others(new Call.Put("a"), new Reply.Stored(true, 5, 1));
        sees(found("a", 5));
        sees(found("a", 5));
        others(new Call.Put("b"), new Reply.Stored(false, 6, 2));
        sees(found("b", 6));
        assertThat(violations()).isEmpty();
    }

    @Test
    void sessionThatGoesBackIsFound() {
        others(new Call.Put("a"), new Reply.Stored(true, 5, 1));
        others(new Call.Put("b"), new Reply.Stored(false, 6, 2));
        sees(found("b", 6));
        sees(found("a", 5));
        assertOneWentBack();
    }

    @Test
    void absenceNeedsARemoval() {
        others(new Call.Put("a"), new Reply.Stored(true, 5, 1));
        sees(found("a", 5));
        sees(new Reply.Absent());
        assertOneWentBack();
    }

    @Test
    void documentThatComesBackAfterItsAbsenceIsFound() {
        others(new Call.Put("a"), new Reply.Stored(true, 5, 1));
        sees(found("a", 5));
        others(new Call.Remove(), new Reply.Removed(true, 6, 2));
        sees(new Reply.Absent());
        sees(found("a", 5));
        assertOneWentBack();
    }

    @Test
    void documentThatWasThereBeforeTheRemovalIsFoundToo() {
        others(new Call.Put("a"), new Reply.Stored(true, 5, 1));
        sees(found("a", 5));
        others(new Call.Put("b"), new Reply.Stored(false, 6, 2));
        others(new Call.Remove(), new Reply.Removed(true, 7, 3));
        sees(new Reply.Absent());
        sees(found("b", 6));
        assertOneWentBack();
    }

    @Test
    void documentThatIsStoredAfterItsAbsenceIsRight() {
        others(new Call.Put("a"), new Reply.Stored(true, 5, 1));
        sees(found("a", 5));
        others(new Call.Remove(), new Reply.Removed(true, 6, 2));
        sees(new Reply.Absent());
        sees(new Reply.Absent());
        others(new Call.Put("b"), new Reply.Stored(true, 7, 3));
        sees(found("b", 7));
        sees(found("b", 7));
        assertThat(violations()).isEmpty();
    }

    @Test
    void openRemovalMayExplainAnAbsenceButNoReturn() {
        others(new Call.Put("a"), new Reply.Stored(true, 5, 1));
        sees(found("a", 5));
        others(new Call.Remove(), new Reply.Open("202"));
        sees(new Reply.Absent());
        others(new Call.Put("b"), new Reply.Stored(true, 7, 3));
        sees(found("b", 7));
        assertThat(violations()).isEmpty();
        others(new Call.Remove(), new Reply.Open("202"));
        sees(new Reply.Absent());
        sees(found("b", 7));
        assertOneWentBack();
    }

    @Test
    void firstAbsenceSaysNothing() {
        sees(new Reply.Absent());
        others(new Call.Put("a"), new Reply.Stored(true, 5, 1));
        sees(found("a", 5));
        assertThat(violations()).isEmpty();
    }

    @Test
    void ownRemovalIsSeen() {
        others(new Call.Put("a"), new Reply.Stored(true, 5, 1));
        history.add(new Operation(0, "doc", new Call.Remove(), new Reply.Removed(true, 6, 2), ++now, ++now, 1, true));
        sees(new Reply.Absent());
        assertThat(violations()).isEmpty();
        sees(found("a", 5));
        assertOneWentBack();
    }

    private List<String> violations() {
        return Sessions.violations(history);
    }

    private void assertOneWentBack() {
        assertThat(violations()).singleElement().asString().startsWith("a session read went back");
    }

    private void sees(Reply reply) {
        history.add(new Operation(0, "doc", new Call.Read(Consistency.SESSION), reply, ++now, ++now, 1, true));
    }

    private void others(Call call, Reply reply) {
        history.add(new Operation(1, "doc", call, reply, ++now, ++now, 1));
    }

    private static Reply found(String value, long seqNo) {
        return new Reply.Found(value, seqNo, 1, 1);
    }
}
