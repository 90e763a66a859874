package io.elpis.model.query;

/**
 * A field and its weight.
 *
 * @param field a full path; may hold {@code *}
 */
public record FieldBoost(String field, float boost) {
    public FieldBoost {
        QueryNode.checkField(field);
        QueryNode.checkBoost(boost);
    }
}
