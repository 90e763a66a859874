package io.elpis.e2e.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.elpis.e2e.platform.Answer;
import io.elpis.e2e.platform.ElpisCommand.Result;
import io.elpis.e2e.platform.Platform;
import io.elpis.e2e.platform.Rest;
import io.elpis.e2e.platform.SharedPlatform;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The demo does what it says: real pages, searches that find them, and a kill that nobody notices. */
@Tag("faults")
@ExtendWith(SharedPlatform.class)
final class DemoIT {
    private static final Pattern SEARCH = Pattern.compile("(?m)^.+: [1-9][\\d,]* hits in \\d+ ms; there and back .*$");
    private static final Pattern KILL = Pattern.compile("kill -9 of (query-\\d+)");

    private final Platform platform;
    private final Rest rest;

    DemoIT(Platform platform) {
        this.platform = platform;
        this.rest = platform.rest();
    }

    @AfterEach
    void tidy() {
        platform.startMissing();
        rest.delete("/demo");
    }

    @Test
    void pagesAreFoundWhenANodeIsGoneAsWell() {
        Result demo = platform.demo();

        assumeThat(demo.errors())
                .as("what the demo says where the pages' repository is out of reach")
                .doesNotContain("the pages could not be fetched");
        assertThat(demo.exitCode()).as("%s%n%s", demo.output(), demo.errors()).isZero();
        assertThat(SEARCH.matcher(demo.output()).results())
                .as("searches with hits in %s", demo.output())
                .hasSize(5);
        assertThat(demo.output()).contains("200 searches since: 0 incomplete");
        Matcher kill = KILL.matcher(demo.output());
        assertThat(kill.find()).as(demo.output()).isTrue();
        assertThat(platform.process(kill.group(1)).get("state").asString()).isEqualTo("dead");

        Answer found = rest.get("/demo/_search?size=1&track_total_hits=true");
        assertThat(found.at("/hits/total/value").asInt()).isGreaterThanOrEqualTo(10_000);
        assertThat(found.at("/hits/hits/0/_source").propertyNames())
                .contains("title", "body", "package", "kind", "url");
    }
}
