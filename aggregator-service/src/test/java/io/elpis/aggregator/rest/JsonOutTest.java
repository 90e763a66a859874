package io.elpis.aggregator.rest;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import io.elpis.model.body.JsonBody;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.UnpooledByteBufAllocator;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

final class JsonOutTest {
    private static byte[] written(Consumer<JsonOut> content) {
        JsonOut out = new JsonOut(UnpooledByteBufAllocator.DEFAULT, 8);
        content.accept(out);
        ByteBuf buffer = out.finish();
        byte[] bytes = ByteBufUtil.getBytes(buffer);
        buffer.release();
        return bytes;
    }

    @Test
    void commasStandWhereTheyMust() {
        byte[] json = written(out -> {
            out.open('{').name("a").number(1).name("b").open('[');
            out.element().text("x").element().flag(true).close(']');
            out.name("c")
                    .open('{')
                    .close('}')
                    .name("d")
                    .raw(ByteString.copyFromUtf8("{\"e\":[]}"))
                    .close('}');
        });
        assertThat(new String(json, StandardCharsets.UTF_8))
                .isEqualTo("{\"a\":1,\"b\":[\"x\",true],\"c\":{},\"d\":{\"e\":[]}}");
    }

    @Test
    void numbersThatJsonLacksAreNull() {
        byte[] json = written(out -> out.open('[')
                .element()
                .number(Float.NaN)
                .element()
                .number(1f)
                .element()
                .number(Double.POSITIVE_INFINITY)
                .close(']'));
        assertThat(new String(json, StandardCharsets.UTF_8)).isEqualTo("[null,1.0,null]");
    }

    /** Law: any text reads back equal; lone surrogates included, which are escaped. */
    @Test
    void anyTextReadsBackEqual() {
        for (long seed = 0; seed < 2_000; seed++) {
            Random random = new Random(seed);
            StringBuilder text = new StringBuilder();
            for (int length = random.nextInt(40); length > 0; length--) {
                switch (random.nextInt(5)) {
                    case 0 -> text.append((char) random.nextInt(0x80));
                    case 1 -> text.append((char) random.nextInt(0x800));
                    case 2 -> text.append((char) (0xe000 + random.nextInt(0x1000)));
                    case 3 -> text.appendCodePoint(0x10000 + random.nextInt(0x1000));
                    default -> text.append("\"\\\n\t/ ".charAt(random.nextInt(6)));
                }
            }
            byte[] json = written(
                    out -> out.open('{').anyName("n").text(text.toString()).close('}'));
            assertThat(JsonBody.object(json).get("n").asString())
                    .as("seed %d", seed)
                    .isEqualTo(text.toString());
        }
    }
}
