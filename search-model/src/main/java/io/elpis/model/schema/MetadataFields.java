package io.elpis.model.schema;

import java.util.Set;

/** Names at the root that no field may have: OpenSearch's metadata fields, and what copies keep beside the fields. */
public final class MetadataFields {
    private static final Set<String> NAMES = Set.of(
            "_id",
            "_index",
            "_source",
            "_routing",
            "_seq_no",
            "_primary_term",
            "_version",
            "_type",
            "_field_names",
            "_ignored",
            "_nested_path",
            "_doc_count",
            "_data_stream_timestamp",
            "_tier",
            "_tie",
            "_content",
            "_tombstone");

    private MetadataFields() {}

    /** Whether a field at this full path would be one of them, or below one. */
    public static boolean reserve(String path) {
        return path.startsWith("_") && NAMES.contains(rootOf(path));
    }

    /** The first name of a path. */
    public static String rootOf(String path) {
        int dot = path.indexOf('.');
        return dot < 0 ? path : path.substring(0, dot);
    }
}
