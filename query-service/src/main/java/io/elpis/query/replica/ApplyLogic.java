package io.elpis.query.replica;

/**
 * What applying a record means, by the version that the log asks for. Whatever decides about outcomes is a constant
 * here and never a setting of a node: two nodes that differ in it would make different copies of one log.
 *
 * @param outcomeDistance how many log offsets back outcomes are kept and repeated op-ids recognised
 */
record ApplyLogic(int version, int outcomeDistance) {
    static final ApplyLogic FIRST = new ApplyLogic(1, 20_000);

    ApplyLogic {
        if (version < 1 || outcomeDistance < 1) {
            throw new IllegalArgumentException("apply logic must be positive");
        }
    }
}
