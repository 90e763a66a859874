package io.elpis.model.document;

import io.elpis.model.schema.Mapping;

/**
 * A document and the mapping its field numbers belong to.
 *
 * @param mapping the one the document was parsed with, or, where the document brought new fields, that with them in it
 *     and the next version
 */
public record ParseOutcome(ParsedDocument document, Mapping mapping) {}
