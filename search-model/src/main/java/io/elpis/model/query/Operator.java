package io.elpis.model.query;

/** How the terms of a text combine. */
public enum Operator {
    OR,
    AND
}
