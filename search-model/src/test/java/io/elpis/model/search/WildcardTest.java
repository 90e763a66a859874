package io.elpis.model.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class WildcardTest {
    /** Law: as a regular expression would. */
    @Test
    void starsStandForAnyCharacters() {
        for (int seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            String pattern = letters(random, "ab*", 7);
            String text = letters(random, "ab", 7);
            assertThat(Wildcard.matches(pattern, text))
                    .as("seed %d: %s on %s", seed, pattern, text)
                    .isEqualTo(Pattern.matches(pattern.replace("*", ".*"), text));
        }
    }

    @Test
    void manyStarsCostLittle() {
        assertThat(Wildcard.matches("*a".repeat(50) + "b", "a".repeat(10_000))).isFalse();
    }

    private static String letters(Random random, String of, int most) {
        StringBuilder text = new StringBuilder();
        for (int left = random.nextInt(most + 1); left > 0; left--) {
            text.append(of.charAt(random.nextInt(of.length())));
        }
        return text.toString();
    }
}
