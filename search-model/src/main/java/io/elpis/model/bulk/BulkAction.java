package io.elpis.model.bulk;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a bulk item does. */
public enum BulkAction {
    INDEX,
    CREATE,
    DELETE,
    UPDATE;

    private final String actionName = name().toLowerCase(Locale.ROOT);

    /** As action lines and answers write it. */
    public String actionName() {
        return actionName;
    }

    /** Whether a document follows the action line. */
    public boolean hasSource() {
        return this != DELETE;
    }

    static @Nullable BulkAction named(String name) {
        return switch (name) {
            case "index" -> INDEX;
            case "create" -> CREATE;
            case "delete" -> DELETE;
            case "update" -> UPDATE;
            default -> null;
        };
    }
}
