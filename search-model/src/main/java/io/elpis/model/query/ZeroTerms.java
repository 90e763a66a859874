package io.elpis.model.query;

/** What a text matches when analysis leaves nothing of it. */
public enum ZeroTerms {
    NONE,
    ALL
}
