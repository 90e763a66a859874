package io.elpis.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.model.search.Missing;
import io.elpis.model.search.SortKey;
import io.elpis.model.search.SortMode;
import io.elpis.model.search.SortOrder;
import io.elpis.protocol.node.Hit;
import io.elpis.protocol.search.SortValue;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class SortJsonTest {
    @Test
    void valuesArePrintedAsTheirKeysSay() {
        Hit hit = Hit.newBuilder()
                .setScore(0.2876821f)
                .addSort(SortValue.newBuilder().setDecimal(0.2876821f))
                .addSort(SortValue.newBuilder().setWhole(86_400_000L))
                .addSort(SortValue.newBuilder().setWhole(86_400_000L))
                .addSort(SortValue.newBuilder().setText("x"))
                .addSort(SortValue.newBuilder().setMissing(true))
                .addSort(SortValue.newBuilder().setWhole(Long.MAX_VALUE))
                .addSort(SortValue.newBuilder().setDecimal(Double.NEGATIVE_INFINITY))
                .build();
        List<SortKey> keys = List.of(
                new SortKey.ByScore(SortOrder.DESC),
                SortKey.ByField.of("when", SortOrder.ASC),
                new SortKey.ByField("when", SortOrder.ASC, new Missing.Last(), null, SortMode.DEFAULT, "yyyy-MM-dd"),
                SortKey.ByField.of("tag", SortOrder.ASC),
                SortKey.ByField.of("tag", SortOrder.ASC),
                new SortKey.ByField("when", SortOrder.ASC, new Missing.Last(), null, SortMode.DEFAULT, "yyyy-MM-dd"),
                SortKey.ByField.of("price", SortOrder.DESC));
        JsonOut out = new JsonOut(UnpooledByteBufAllocator.DEFAULT, 64);
        SortJson.sort(hit, keys, out.open('{'));
        ByteBuf json = out.finish();
        assertThat(json.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        "{\"sort\":[0.2876821,86400000,\"1970-01-02\",\"x\",null,9223372036854775807,\"-Infinity\"]");
        json.release();
    }
}
