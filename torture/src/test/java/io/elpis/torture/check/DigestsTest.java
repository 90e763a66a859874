package io.elpis.torture.check;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

final class DigestsTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void equalCopiesAreEqual() {
        Digests digests = digests(true, "equal", "equal");
        assertThat(digests.equal()).isTrue();
        assertThat(digests.copies()).isEqualTo(2);
    }

    @Test
    void differingCopiesAreAViolation() {
        assertThat(digests(false, "differing", "differs").violations())
                .singleElement()
                .asString()
                .startsWith("copies differ: i[0]");
    }

    @Test
    void damagedCopyIsAViolation() {
        assertThat(digests(false, "incomplete", "damaged").violations())
                .singleElement()
                .asString()
                .startsWith("a copy is damaged: i[0]");
    }

    @Test
    void whatWasNotComparedIsNotEqual() {
        assertThat(digests(false, "incomplete", "unknown").pending()).hasSize(1);
        assertThat(digests(false, "incomplete", "unknown").equal()).isFalse();
        assertThat(digests(false, "equal", "equal").pending()).hasSize(1);
    }

    @Test
    void missingAnswerIsPending() {
        Digests unknown = Digests.unknown("i", "404");
        assertThat(unknown.equal()).isFalse();
        assertThat(unknown.pending()).containsExactly("not compared: i: 404");
    }

    @Test
    void answerAboutNoCopyIsNotEqual() {
        Digests nothing = Digests.of(JSON.readTree("{\"sound\": true, \"indices\": {\"i\": {\"shards\": []}}}"));
        assertThat(nothing.equal()).isFalse();
        assertThat(nothing.pending()).singleElement().asString().startsWith("no copy was compared");
    }

    private static Digests digests(boolean sound, String verdict, String copy) {
        return Digests.of(JSON.readTree("""
            {"sound": %s, "indices": {"i": {"shards": [
              {"shard": 0, "generation": 1, "offset": 5, "verdict": "%s", "copies": [
                {"node": "query-1", "digest": "0123456789abcdef", "verdict": "equal"},
                {"node": "query-2", "digest": "0123456789abcdee", "verdict": "%s"}]}]}}}\
            """.formatted(sound, verdict, copy)));
    }
}
