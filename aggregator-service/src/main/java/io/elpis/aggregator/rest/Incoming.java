package io.elpis.aggregator.rest;

import io.elpis.aggregator.consistency.Reading;

/**
 * A request, read whole.
 *
 * @param path as sent, for messages
 * @param reading how fresh the answer must be
 * @param authorization value of the caller's verified header
 */
record Incoming(Route route, String path, Parameters parameters, byte[] body, Reading reading, String authorization) {}
