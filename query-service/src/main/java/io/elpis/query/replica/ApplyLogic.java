package io.elpis.query.replica;

import io.elpis.protocol.record.OutcomeReach;

/**
 * What applying a record means, by the version that the log asks for. Whatever decides about outcomes is a constant
 * here and never a setting of a node: two nodes that differ in it would make different copies of one log.
 *
 * @param version the highest that can be asked for
 * @param outcomeDistance how many log offsets back outcomes are kept and repeated op-ids recognised
 */
public record ApplyLogic(int version, int outcomeDistance) {
    /** From this version on partial updates are applied; before, they are rejected. */
    static final int PARTIAL_UPDATES = 2;

    /** This node's. */
    public static final ApplyLogic LATEST = new ApplyLogic(PARTIAL_UPDATES, OutcomeReach.RECORDS);

    public ApplyLogic {
        if (version < 1 || outcomeDistance < 1) {
            throw new IllegalArgumentException("apply logic must be positive");
        }
    }
}
