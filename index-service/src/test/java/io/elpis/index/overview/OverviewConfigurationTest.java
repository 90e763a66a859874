package io.elpis.index.overview;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.springframework.boot.info.GitProperties;

final class OverviewConfigurationTest {
    /** As the build writes them. */
    @Test
    void theCommitIsKnownByItsFullName() {
        Properties git = new Properties();
        git.setProperty("commit.id.full", "0a93167a159e9cb996c92f2afcc949d77eebf35d");
        git.setProperty("commit.id.abbrev", "0a93167");

        assertThat(OverviewConfiguration.commitId(new GitProperties(git)))
                .isEqualTo("0a93167a159e9cb996c92f2afcc949d77eebf35d");
        assertThat(OverviewConfiguration.commitId(new GitProperties(new Properties())))
                .isEqualTo("unknown");
    }
}
