package io.elpis.model.indices;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;

/** OpenSearch's words and members for an index that does not exist. */
public final class NoSuchIndex {
    private NoSuchIndex() {}

    /** @param name or the pattern that matches nothing */
    public static ElpisException named(String name) {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("index", name);
        details.put("resource.id", name);
        details.put("resource.type", "index_or_alias");
        details.put("index_uuid", "_na_");
        return new ElpisException(ErrorCode.INDEX_NOT_FOUND, "no such index [" + name + "]", details);
    }
}
