package io.elpis.local.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class PostgresBinariesTest {

    @Test
    void classpathHoldsTheArchivesOfBothMachines() {
        assertThat(getClass().getResource(PostgresBinaries.archive("Linux", "amd64")))
                .isNotNull();
        assertThat(getClass().getResource(PostgresBinaries.archive("Linux", "aarch64")))
                .isNotNull();
    }

    @Test
    void otherSystemsAreNamedInTheRefusal() {
        assertThatThrownBy(() -> PostgresBinaries.archive("Plan 9", "amd64")).hasMessageContaining("Plan 9 on amd64");
    }
}
