package io.elpis.model.result;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.document.Routing;
import org.junit.jupiter.api.Test;

class TieHashTest {
    /** Published vectors of MurmurHash3 x64 128, first half. */
    @Test
    void isMurmur3() {
        assertThat(TieHash.of("")).isZero();
        assertThat(TieHash.of("hello")).isEqualTo(0xcbd8a7b341bd9b02L);
        assertThat(TieHash.of("The quick brown fox jumps over the lazy dog")).isEqualTo(0xe34bbc7bbc071b6cL);
    }

    /** The vectors of OpenSearch's own test of its routing hash. */
    @Test
    void routingHashesAsOpenSearchDoes() {
        assertThat(Routing.hash("hell")).isEqualTo(0x5a0cb7c3);
        assertThat(Routing.hash("hello")).isEqualTo(0xd7c31989);
        assertThat(Routing.hash("hello w")).isEqualTo(0x22ab2984);
        assertThat(Routing.hash("hello wo")).isEqualTo(0xdf0ca123);
        assertThat(Routing.hash("hello wor")).isEqualTo(0xe7744d61);
        assertThat(Routing.hash("The quick brown fox jumps over the lazy dog")).isEqualTo(0xe07db09c);
        assertThat(Routing.hash("The quick brown fox jumps over the lazy cog")).isEqualTo(0x4e63d2ad);
    }

    /** Ids as people make them; no shard holds a twentieth more or less than its share. */
    @Test
    void routingSpreadsIdsEvenly() {
        int ids = 100_000;
        for (int shards : new int[] {2, 3, 5, 8, 16}) {
            for (String form : new String[] {"%d", "doc-%06d", "https://example.org/page?n=%d"}) {
                int[] held = new int[shards];
                for (int i = 0; i < ids; i++) {
                    held[Routing.shard(form.formatted(i), shards)]++;
                }
                double share = (double) ids / shards;
                for (int count : held) {
                    assertThat((double) count)
                            .as(form + " over " + shards + " shards")
                            .isBetween(share * 0.95, share * 1.05);
                }
            }
        }
    }

    @Test
    void routingNeverLeavesTheShards() {
        for (int i = 0; i < 10_000; i++) {
            assertThat(Routing.shard("id-" + i, 7)).isBetween(0, 6);
        }
    }
}
