package io.elpis.launcher.load;

import io.elpis.launcher.record.LoadRecord;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import tools.jackson.core.io.JsonStringEncoder;

/** Records that travel in one bulk request. */
record Batch(List<Item> items) {

    /** @param origin file and position, for people */
    record Item(String origin, LoadRecord record) {}

    Batch {
        items = List.copyOf(items);
    }

    /** The request's body: two lines an item. */
    byte[] body() {
        int size = items.stream()
                .mapToInt(item -> item.record().source().length + 64)
                .sum();
        var out = new ByteArrayOutputStream(size);
        for (Item item : items) {
            out.writeBytes("{\"index\":{\"_id\":\"".getBytes(StandardCharsets.UTF_8));
            out.writeBytes(
                    JsonStringEncoder.getInstance().quoteAsUTF8(item.record().id()));
            out.writeBytes("\"}}\n".getBytes(StandardCharsets.UTF_8));
            out.writeBytes(item.record().source());
            out.write('\n');
        }
        return out.toByteArray();
    }
}
