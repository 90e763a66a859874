package io.elpis.index.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.protocol.record.Condition;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class ConditionsTest {
    private static Condition external(long version) {
        return Objects.requireNonNull(Conditions.of(WriteKind.INDEX, null, null, version, "external"));
    }

    @Test
    void versionsOfOthersCountFromZero() {
        assertThat(external(0).getExternal().getVersion()).isZero();
        assertThat(external(Long.MAX_VALUE / 2).getExternal().getVersion()).isEqualTo(Long.MAX_VALUE / 2);
    }

    /** A change that counts on from the highest number there is would go back to the lowest. */
    @ParameterizedTest
    @ValueSource(longs = {-1, Long.MAX_VALUE / 2 + 1, Long.MAX_VALUE})
    void versionsThatNoChangeCouldFollowAreRefused(long version) {
        assertThatThrownBy(() -> external(version))
                .hasMessageContaining("illegal version value [" + version + "] for version type [external]");
    }
}
