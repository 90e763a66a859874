package io.elpis.aggregator.rest;

/**
 * A request, read whole.
 *
 * @param path as sent, for messages
 * @param authorization value of the caller's verified header
 */
record Incoming(Route route, String path, Parameters parameters, byte[] body, String authorization) {}
