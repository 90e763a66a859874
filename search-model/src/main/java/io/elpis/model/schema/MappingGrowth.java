package io.elpis.model.schema;

import io.elpis.model.json.Json;
import java.util.HashSet;
import java.util.Set;

/**
 * By how much an extension makes a mapping larger as it is stored. Counts what was added alone: a request may bring
 * thousands of documents that each extend the mapping.
 */
final class MappingGrowth {
    /** At least what goes around a name: {@code :{"properties":{}},} for the object, or {@code ,"fields":{}}. */
    private static final int AROUND = 32;

    private final Mapping before;
    private final Mapping extended;
    private final Set<String> objects = new HashSet<>();

    private MappingGrowth(Mapping before, Mapping extended) {
        this.before = before;
        this.extended = extended;
    }

    /** At least as many as there are more, and less than {@link #AROUND} too many for each new object or field. */
    static long bytes(Mapping before, Mapping extended) {
        MappingGrowth growth = new MappingGrowth(before, extended);
        long bytes = 0;
        for (int number = before.nextFieldNumber(); number < extended.nextFieldNumber(); number++) {
            FieldMapping field = extended.field(number);
            if (field != null) {
                bytes += name(field.path()) + MappingWriter.storedBytes(field) + growth.newObjects(field.path());
            }
        }
        return bytes;
    }

    private long newObjects(String path) {
        long bytes = 0;
        for (int dot = path.lastIndexOf('.'); dot > 0; dot = path.lastIndexOf('.', dot - 1)) {
            String object = path.substring(0, dot);
            if (before.object(object) != null || extended.object(object) != null && !objects.add(object)) {
                break;
            }
            if (extended.object(object) != null) {
                bytes += name(object);
            }
        }
        return bytes;
    }

    private static long name(String path) {
        String name = path.substring(path.lastIndexOf('.') + 1);
        return Json.write(out -> out.writeString(name)).length + AROUND;
    }
}
