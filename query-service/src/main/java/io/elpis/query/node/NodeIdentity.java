package io.elpis.query.node;

/**
 * Who this node is.
 *
 * @param name the same after a restart
 * @param incarnation chosen at each start
 */
public record NodeIdentity(String name, String zone, long incarnation) {}
