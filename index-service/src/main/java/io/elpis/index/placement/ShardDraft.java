package io.elpis.index.placement;

import io.elpis.model.schema.ShardId;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** One shard while its copies are being decided. */
final class ShardDraft {
    private final Board board;
    private final WantedShard shard;
    private final double cost;
    private final Set<String> holders = new TreeSet<>();
    private final Set<String> leaving = new TreeSet<>();
    private final Set<String> lost = new TreeSet<>();

    ShardDraft(Board board, WantedShard shard, double cost, Copies present) {
        this.board = board;
        this.shard = shard;
        this.cost = cost;
        present.byNode().forEach((node, role) -> {
            if (board.hasLost(node, shard.id())) {
                lost.add(node);
                return;
            }
            switch (board.availability(node)) {
                case GONE -> lost.add(node);
                case DRAINING -> leaving.add(node);
                case PRESENT, FULL, AWAY -> {
                    if (role == Role.HOLDER) {
                        hold(node);
                    } else {
                        leaving.add(node);
                    }
                }
            }
        });
    }

    ShardId id() {
        return shard.id();
    }

    int wanted() {
        return shard.copies();
    }

    /** What one copy adds to its node's weight; 1 on average. */
    double cost() {
        return cost;
    }

    Set<String> holders() {
        return holders;
    }

    Set<String> leaving() {
        return leaving;
    }

    /** Copies that failed or are on nodes that are gone: kept only where no other node can take them. */
    Set<String> lost() {
        return lost;
    }

    boolean touches(String node) {
        return holders.contains(node) || leaving.contains(node);
    }

    int holdersInZone(String zone) {
        return (int)
                holders.stream().filter(node -> board.zone(node).equals(zone)).count();
    }

    void hold(String node) {
        leaving.remove(node);
        lost.remove(node);
        if (holders.add(node)) {
            board.count(node, this, 1);
        }
    }

    void leave(String node) {
        if (holders.remove(node)) {
            board.count(node, this, -1);
        }
        leaving.add(node);
    }

    void move(String from, String to) {
        leave(from);
        hold(to);
    }

    void dropLeaving() {
        leaving.clear();
    }

    Copies copies() {
        Map<String, Role> byNode = new LinkedHashMap<>();
        holders.forEach(node -> byNode.put(node, Role.HOLDER));
        leaving.forEach(node -> byNode.put(node, Role.LEAVING));
        return new Copies(byNode);
    }
}
