package io.elpis.launcher.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.launcher.bench.Outcome.Answered;
import io.elpis.launcher.bench.Outcome.Failed;
import io.elpis.launcher.gateway.GatewayClient.Answer;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OutcomeTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"took\":1,\"timed_out\":false,\"_shards\":{\"total\":3,\"failed\":0},\"hits\":{}} | false",
                "{\"took\":1,\"timed_out\":true,\"_shards\":{\"total\":3,\"failed\":0},\"hits\":{}} | true",
                "{\"timed_out\":false,\"_shards\":{\"failed\":1,\"failures\":[{\"failed\":0}]},\"hits\":{}} | true",
                "{\"hits\":{\"timed_out\":true},\"_shards\":{\"failed\":0},\"timed_out\":false} | false"
            })
    void pageTellsWhetherItIsWhole(String page, boolean partial) {
        assertThat(of(200, page)).isEqualTo(new Answered(page.length(), partial));
    }

    @Test
    void hitsAreNotRead() {
        String page = "{\"timed_out\":false,\"_shards\":{\"failed\":0},\"hits\":";
        assertThat(of(200, page)).isEqualTo(new Answered(page.length(), false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"[] | not an object", "{} | no member ", "{\"timed_out\":false} | no member _shards", "'' | "})
    void whatIsNoPageIsAFailure(String answer, String reason) {
        assertThat(of(200, answer)).isInstanceOfSatisfying(Failed.class, failed -> {
            assertThat(failed.kind()).isEqualTo("200 without a page");
            assertThat(failed.reason()).startsWith(reason == null ? "" : reason);
        });
    }

    @Test
    void errorIsCountedByStatusAndType() {
        assertThat(of(404, "{\"error\":{\"type\":\"index_not_found_exception\",\"reason\":\"no such index [x]\"}}"))
                .isEqualTo(new Failed("404 index_not_found_exception", "no such index [x]"));
    }

    @Test
    void errorOfSomebodyElseIsToldAsItIs() {
        assertThat(of(502, "<html>")).isEqualTo(new Failed("502 without a type", "<html>"));
        assertThat(of(500, "{\"error\":\"oh\"}")).isEqualTo(new Failed("500 without a type", "{\"error\":\"oh\"}"));
    }

    private static Outcome of(int status, String body) {
        return Outcome.of(new Answer(status, body.getBytes(StandardCharsets.UTF_8), OptionalLong.empty(), ""));
    }
}
