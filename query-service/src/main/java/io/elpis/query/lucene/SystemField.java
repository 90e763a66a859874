package io.elpis.query.lucene;

import org.apache.lucene.index.Term;
import org.apache.lucene.util.BytesRef;

/** Names of the fields every Lucene document of a copy has beside the mapped ones. Indices on disk hold them. */
public final class SystemField {
    /** The id in UTF-8, as a term and as binary doc value. */
    public static final String ID = "_id";

    public static final String SEQ_NO = "_seq_no";
    public static final String VERSION = "_version";
    public static final String PRIMARY_TERM = "_primary_term";

    /** TieHash of the id, its highest bit flipped: the signed order of doc values is then the hash's unsigned order. */
    public static final String TIE = "_tie";

    /** Hash of source and routing, as the digest of a copy counts it; tombstones have none. */
    public static final String CONTENT = "_content";

    /** The stored source, byte for byte. */
    public static final String SOURCE = "_source";

    /** The stored routing value; absent where the id itself routed the document. */
    public static final String ROUTING = "_routing";

    /** Marks the tombstone of a deleted document, which has no mapped fields: one term and a numeric doc value. */
    public static final String TOMBSTONE = "_tombstone";

    public static final Term ANY_TOMBSTONE = new Term(TOMBSTONE, "1");

    private SystemField() {}

    public static Term id(BytesRef id) {
        return new Term(ID, id);
    }

    /** Turns a hash into its doc value, and a doc value into its hash. */
    public static long tie(long hashOrDocValue) {
        return hashOrDocValue ^ Long.MIN_VALUE;
    }
}
