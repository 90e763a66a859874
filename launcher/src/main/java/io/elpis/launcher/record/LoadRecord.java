package io.elpis.launcher.record;

/**
 * A document to store.
 *
 * @param source one JSON object in one line
 */
public record LoadRecord(String id, byte[] source) {}
