package io.elpis.model.schema;

import static io.elpis.model.schema.FieldParameters.mistake;

import java.util.Arrays;

/** Says which fields {@code copy_to} may name. A target need not be there yet: the first copy makes it. */
final class CopyTargets {
    private CopyTargets() {}

    /** @throws io.elpis.model.error.ElpisException MAPPER_PARSING naming the first target that cannot be one */
    static void check(Mapping mapping) {
        for (FieldMapping field : mapping.fields()) {
            field.copyTo().forEach(CopyTargets::check);
        }
    }

    private static void check(String target) {
        if (Arrays.stream(target.split("\\.", -1)).anyMatch(String::isBlank)) {
            throw mistake("field name cannot be an empty string or have empty parts: [" + target + "]");
        }
        if (MetadataFields.reserve(target)) {
            throw mistake("Cannot copy to field [" + target + "] since it is a metadata field");
        }
    }
}
