package io.elpis.index.placement;

import io.elpis.model.schema.ShardId;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The decision who holds what. Never two copies of a shard on one node; as many copies as wanted or as nodes allow;
 * copies of a shard spread over zones first, nodes evenly loaded second; few moves; a copy that serves is only given up
 * when all that stay serve.
 *
 * <p>Called again and again with what became of its former decisions; with nothing changed it returns what it is given.
 */
public final class Allocation {
    private final Board board;
    private final int concurrentMoves;

    private Allocation(Board board, int concurrentMoves) {
        this.board = board;
        this.concurrentMoves = concurrentMoves;
    }

    /**
     * @param present what the placement log holds; shards that are not wanted are left out of the answer
     * @param concurrentMoves most shards that move for the sake of balance at one time
     * @return for every wanted shard its copies, in the shards' order
     */
    public static Map<ShardId, Copies> decide(
            Collection<WantedShard> wanted,
            Collection<NodeView> nodes,
            Map<ShardId, Copies> present,
            int concurrentMoves) {
        Allocation allocation = new Allocation(new Board(wanted, nodes, present), concurrentMoves);
        allocation.board.shards().forEach(allocation::fill);
        allocation.board.shards().forEach(allocation::release);
        allocation.balance();
        Map<ShardId, Copies> decided = new TreeMap<>();
        allocation.board.shards().forEach(shard -> decided.put(shard.id(), shard.copies()));
        return decided;
    }

    /** As many holders as wanted: kept ones, then leaving ones taken back, then new ones, then whatever there is. */
    private void fill(ShardDraft shard) {
        while (shard.holders().size() < shard.wanted()) {
            Optional<String> next = Stream.<Optional<String>>of(
                            lightest(shard.leaving().stream().filter(board::keepsCopies)),
                            bestNewcomer(shard),
                            lightest(shard.leaving().stream()),
                            lightest(shard.lost().stream()))
                    .flatMap(Optional::stream)
                    .findFirst();
            if (next.isEmpty()) {
                return;
            }
            shard.hold(next.get());
        }
        while (shard.holders().size() > shard.wanted()) {
            shard.leave(mostDispensable(shard));
        }
    }

    private Optional<String> lightest(Stream<String> nodes) {
        return nodes.min(Comparator.comparingDouble(board::weight).thenComparing(Comparator.naturalOrder()));
    }

    private Optional<String> bestNewcomer(ShardDraft shard) {
        return board.takers()
                .filter(node -> !shard.touches(node) && !board.hasLost(node, shard.id()))
                .min(Comparator.comparingInt((String node) -> shard.holdersInZone(board.zone(node)))
                        .thenComparingDouble(board::weight)
                        .thenComparingInt(node -> board.copiesOfIndex(node, shard.id()))
                        .thenComparingInt(node -> scatter(shard.id(), node))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private String mostDispensable(ShardDraft shard) {
        return shard.holders().stream()
                .max(Comparator.comparing((String node) -> !board.serves(node, shard.id()))
                        .thenComparingInt(node -> shard.holdersInZone(board.zone(node)))
                        .thenComparingDouble(board::weight)
                        .thenComparing(Comparator.naturalOrder()))
                .orElseThrow();
    }

    /** Leaving copies go once every holder serves. */
    private void release(ShardDraft shard) {
        if (shard.holders().stream().allMatch(node -> board.serves(node, shard.id()))) {
            shard.dropLeaving();
        }
    }

    private void balance() {
        if (board.someoneIsAway()) {
            return;
        }
        long moving = board.shards().stream().filter(board::isMoving).count();
        for (long free = concurrentMoves - moving; free > 0; free--) {
            if (!spreadOverZones() && !evenOut()) {
                return;
            }
        }
    }

    /** Moves one copy from a zone with several of its shard to a zone with at least two fewer. */
    private boolean spreadOverZones() {
        for (ShardDraft shard : board.shards()) {
            if (!board.isSettled(shard)) {
                continue;
            }
            Optional<String> to = bestNewcomer(shard);
            Optional<String> from = shard.holders().stream()
                    .max(Comparator.comparingInt((String node) -> shard.holdersInZone(board.zone(node)))
                            .thenComparingDouble(board::weight)
                            .thenComparing(Comparator.naturalOrder()));
            if (to.isPresent()
                    && from.isPresent()
                    && shard.holdersInZone(board.zone(from.get())) - shard.holdersInZone(board.zone(to.get())) >= 2) {
                shard.move(from.get(), to.get());
                return true;
            }
        }
        return false;
    }

    /** Moves one copy from the heaviest node that can give to the lightest that can take, if that makes things even. */
    private boolean evenOut() {
        List<String> lightestFirst = board.takers()
                .sorted(Comparator.comparingDouble(board::weight).thenComparing(Comparator.naturalOrder()))
                .toList();
        for (String to : lightestFirst) {
            Optional<Move> best = board.shards().stream()
                    .filter(board::isSettled)
                    .filter(shard -> !shard.touches(to))
                    .flatMap(shard -> shard.holders().stream().map(from -> new Move(shard, from, to)))
                    .filter(this::helps)
                    .max(Comparator.comparingDouble((Move move) -> board.weight(move.from()))
                            .thenComparingDouble(move -> -move.shard().cost())
                            .thenComparing(Move::from)
                            .thenComparing(move -> move.shard().id()));
            if (best.isPresent()) {
                best.get().shard().move(best.get().from(), to);
                return true;
            }
        }
        return false;
    }

    private boolean helps(Move move) {
        int inFrom = move.shard().holdersInZone(board.zone(move.from()));
        int inTo = move.shard().holdersInZone(board.zone(move.to()));
        boolean keepsSpread = board.zone(move.from()).equals(board.zone(move.to())) || inTo < inFrom;
        double gain = board.weight(move.from())
                - board.weight(move.to())
                - move.shard().cost();
        return keepsSpread && gain >= Board.WORTH_MOVING;
    }

    /** Lets equally good nodes take turns, the same on every run. */
    private static int scatter(ShardId shard, String node) {
        int h = shard.hashCode() * 31 + node.hashCode();
        h = (h ^ h >>> 16) * 0x7feb352d;
        return h ^ h >>> 15;
    }

    private record Move(ShardDraft shard, String from, String to) {}

    /** Nodes that hold or keep a copy, for those who watch them. */
    public static Set<String> nodesOf(Map<ShardId, Copies> placement) {
        return placement.values().stream()
                .flatMap(copies -> copies.byNode().keySet().stream())
                .collect(Collectors.toUnmodifiableSet());
    }
}
