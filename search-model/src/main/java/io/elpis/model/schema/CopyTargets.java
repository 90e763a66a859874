package io.elpis.model.schema;

import static io.elpis.model.schema.FieldParameters.mistake;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.Arrays;

/** Says which fields {@code copy_to} may name. A target need not be there yet: the first copy makes it. */
final class CopyTargets {
    private final Mapping mapping;

    private CopyTargets(Mapping mapping) {
        this.mapping = mapping;
    }

    /** @throws ElpisException MAPPER_PARSING or ILLEGAL_ARGUMENT naming the first target that cannot be one */
    static void check(Mapping mapping) {
        CopyTargets targets = new CopyTargets(mapping);
        for (FieldMapping field : mapping.fields()) {
            targets.check(field);
        }
    }

    /**
     * Looks at the targets alone that the extension made unfit. A mapping from before there were rules may have others:
     * they are refused when something is copied, and what has nothing to do with them is not kept out.
     *
     * @throws ElpisException as {@link #check(Mapping)}
     */
    static void checkExtension(Mapping before, Mapping extended) {
        CopyTargets old = new CopyTargets(before);
        CopyTargets now = new CopyTargets(extended);
        for (FieldMapping field : extended.fields()) {
            for (String target : field.copyTo()) {
                if (now.isTaken(target) && !old.isTaken(target)) {
                    now.checkTarget(target);
                }
            }
        }
    }

    private boolean isTaken(String target) {
        return mapping.object(target) != null || isBelowField(target);
    }

    private void check(FieldMapping field) {
        if (field.copyTo().isEmpty()) {
            return;
        }
        if (isBelowField(field.path())) {
            throw unfit("[copy_to] may not be used to copy from a multi-field: [" + field.path() + "]");
        }
        field.copyTo().forEach(this::checkTarget);
    }

    private void checkTarget(String target) {
        if (Arrays.stream(target.split("\\.", -1)).anyMatch(String::isBlank)) {
            throw mistake("field name cannot be an empty string or have empty parts: [" + target + "]");
        }
        if (MetadataFields.reserve(target)) {
            throw mistake("Cannot copy to field [" + target + "] since it is a metadata field");
        }
        if (isBelowField(target)) {
            throw unfit("[copy_to] may not be used to copy to a multi-field: [" + target + "]");
        }
        if (mapping.object(target) != null) {
            throw unfit("Cannot copy to field [" + target + "] since it is mapped as an object");
        }
    }

    private boolean isBelowField(String path) {
        int dot = path.lastIndexOf('.');
        return dot > 0 && mapping.field(path.substring(0, dot)) != null;
    }

    private static ElpisException unfit(String reason) {
        return new ElpisException(ErrorCode.ILLEGAL_ARGUMENT, reason);
    }
}
