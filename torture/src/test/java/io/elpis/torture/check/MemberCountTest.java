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

    private static final Reply STORED = new Reply.Stored(false, 5, 2);

    @Test
    void membersOfAllClientsAreSound() {
        assertThat(violations(Set.of("a", "b"), 2, add("a", STORED), add("b", STORED), add("c", new Reply.Open("?"))))
                .isEmpty();
    }

    @Test
    void lostMemberIsFound() {
        assertThat(violations(Set.of("a"), 1, add("a", STORED), add("b", STORED)))
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
