package io.elpis.query.replica;

import io.elpis.query.lucene.Schema;

/** Makes a schema of a mapping as the log holds it. */
@FunctionalInterface
public interface SchemaReader {
    /**
     * @throws UnreadableMappingException when no schema can be made of it. No mapping says what the apply logic in force
     *     does not know, so that this is the mapping's own fault, and the same on every copy.
     */
    Schema read(MappingState mapping) throws UnreadableMappingException;
}
