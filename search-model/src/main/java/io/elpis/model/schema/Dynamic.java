package io.elpis.model.schema;

import java.util.Locale;

/** What happens to a document's field that the mapping does not know. */
public enum Dynamic {
    /** It is added to the mapping. */
    TRUE,
    /** It stays in the source and cannot be searched. */
    FALSE,
    /** The document is refused. */
    STRICT;

    public String settingName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
