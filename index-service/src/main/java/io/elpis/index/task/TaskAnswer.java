package io.elpis.index.task;

/**
 * How a task ended.
 *
 * @param status that an HTTP answer to its request has
 * @param body one JSON object: the response, or, with a member {@code error}, why there is none
 */
public record TaskAnswer(int status, boolean failed, byte[] body) {}
