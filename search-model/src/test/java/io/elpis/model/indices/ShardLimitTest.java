package io.elpis.model.indices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.document.Routing;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardLimitTest {
    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "user-17", "_local", "_prefer_nodes:n1,n2"})
    void hintsLimitNothing(String preference) {
        assertThat(ShardLimit.of(List.of(), preference).within(3)).containsExactly(0, 1, 2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"_shards:2,0", "_shards:2,0|_local", "_shards:0,2,7|user-17"})
    void shardsMayBeNamed(String preference) {
        assertThat(ShardLimit.of(List.of(), preference).within(3)).containsExactly(0, 2);
    }

    @Test
    void routingAndNamesLimitTogether() {
        int home = Routing.shard("a", 5);
        assertThat(ShardLimit.of(List.of("a"), null).within(5)).containsExactly(home);
        assertThat(ShardLimit.of(List.of("a"), "_shards:" + home).within(5)).containsExactly(home);
        assertThat(ShardLimit.of(List.of("a"), "_shards:" + (home + 1) % 5).within(5))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"_only_local", "_only_nodes:n1", "_primary", "_shards:0|_only_local"})
    void whatWouldLimitTheCopiesIsRefused(String preference) {
        assertThatThrownBy(() -> ShardLimit.of(List.of(), preference))
                .isInstanceOfSatisfying(ElpisException.class, failure -> {
                    assertThat(failure.code()).isEqualTo(ErrorCode.ILLEGAL_ARGUMENT);
                    assertThat(failure.reason()).startsWith("no Preference for [_");
                });
    }

    @ParameterizedTest
    @ValueSource(strings = {"_shards", "_shards:", "_shards:0,x", "_shards:1,"})
    void whatIsNoNumberIsRefused(String preference) {
        assertThatThrownBy(() -> ShardLimit.of(List.of(), preference))
                .hasMessageContaining("is no number of a shard in preference [" + preference + "]");
    }
}
