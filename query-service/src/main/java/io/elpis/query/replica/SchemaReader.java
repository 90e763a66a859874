package io.elpis.query.replica;

import io.elpis.query.lucene.Schema;
import java.io.IOException;

/** Makes a schema of a mapping as the log holds it. */
@FunctionalInterface
public interface SchemaReader {
    /** @throws IOException when this version of the platform cannot read it; the copy stops rather than guess */
    Schema read(MappingState mapping) throws IOException;
}
