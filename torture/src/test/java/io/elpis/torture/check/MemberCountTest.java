package io.elpis.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.torture.check.MemberCount.Document;
import io.elpis.torture.history.Call;
import io.elpis.torture.history.Operation;
import io.elpis.torture.history.Reply;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class MemberCountTest {

    private static final Reply STORED = new Reply.Stored(true, 4, 1);
    private static final Reply NEXT = new Reply.Stored(false, 5, 2);
    private static final Reply OPEN = new Reply.Open("202");

    @Test
    void membersOfAllClientsAreSound() {
        assertThat(violations(Set.of("a", "b"), 2, add("a", STORED), add("b", NEXT), add("c", OPEN)))
                .isEmpty();
    }

    @Test
    void openMembersCountWhereTheyAreThere() {
        assertThat(violations(Set.of("a", "b", "c"), 3, add("a", STORED), add("b", OPEN), add("c", OPEN)))
                .isEmpty();
        assertThat(violations(Set.of("a", "b"), 3, add("a", STORED), add("b", OPEN), add("c", OPEN)))
                .singleElement()
                .asString()
                .startsWith("applied more than once");
        assertThat(violations(Set.of("a", "b"), 1, add("a", STORED), add("b", OPEN)))
                .singleElement()
                .asString()
                .startsWith("changed without a new version");
    }

    @Test
    void versionBelongsToOneMember() {
        assertThat(violations(Set.of("a", "b"), 2, add("a", STORED), add("b", new Reply.Stored(false, 5, 1))))
                .contains("one version told twice: 1 of doc");
        assertThat(violations(Set.of("a", "b"), 2, add("a", STORED), add("b", new Reply.Stored(false, 5, 3))))
                .singleElement()
                .asString()
                .startsWith("told a version that is not there");
        assertThat(violations(Set.of("a", "b"), 2, add("a", STORED), add("b", new Reply.Stored(true, 5, 2))))
                .singleElement()
                .asString()
                .startsWith("created, but not as the first");
    }

    @Test
    void sequenceNumbersOfAdditionsGrow() {
        Operation first = add("a", new Reply.Stored(true, 5, 1));
        Operation then = new Operation(0, "doc", new Call.AddMember("b"), new Reply.Stored(false, 4, 2), 2, 3, 1);
        assertThat(violations(Set.of("a", "b"), 2, first, then))
                .singleElement()
                .asString()
                .startsWith("doc: a sequence number went back");
    }

    @Test
    void conflictIsFound() {
        assertThat(violations(Set.of("a"), 1, add("a", STORED), add("b", new Reply.Conflict())))
                .singleElement()
                .asString()
                .startsWith("in conflict with nobody");
    }

    @Test
    void lostMemberIsFound() {
        assertThat(violations(Set.of("a"), 1, add("a", STORED), add("b", NEXT)))
                .singleElement()
                .asString()
                .startsWith("acknowledged and lost");
    }

    @Test
    void refusedMemberIsFound() {
        assertThat(violations(Set.of("a", "b"), 2, add("a", STORED), add("b", new Reply.Refused("503"))))
                .singleElement()
                .asString()
                .startsWith("refused and stored");
    }

    @Test
    void strangeMemberIsFound() {
        assertThat(violations(Set.of("a", "x"), 2, add("a", STORED)))
                .singleElement()
                .asString()
                .startsWith("never written: [x]");
    }

    @Test
    void secondApplicationIsFound() {
        assertThat(violations(Set.of("a"), 2, add("a", STORED)))
                .singleElement()
                .asString()
                .startsWith("applied more than once");
    }

    private static List<String> violations(Set<String> members, long version, Operation... additions) {
        return new MemberCount(Map.of("doc", new Document(members, version))).violations(List.of(additions));
    }

    private static Operation add(String member, Reply reply) {
        return new Operation(0, "doc", new Call.AddMember(member), reply, 0, 1, 1);
    }
}
