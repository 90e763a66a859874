package io.elpis.torture.check;

import io.elpis.torture.check.Events.Event;
import io.elpis.torture.history.Operation;
import java.util.ArrayDeque;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether the operations of one document could have happened one after another, each at one moment between its
 * call and its return, on a {@link Register}. The search is Wing and Gong's ("Testing and Verifying Concurrent
 * Objects", 1993) with Lowe's memory of what was tried ("Testing for linearizability", 2017): no pair of operations
 * done and state reached is followed twice. Documents are judged one by one, which is exact because a history is
 * linearizable if and only if it is so for every object by itself (Herlihy and Wing, 1990).
 *
 * <p>An operation that stayed open may take its place at any moment after its call, or never.
 */
final class Linearizability {

    /** What was tried already. */
    private record Tried(BitSet done, Register state) {}

    private record Step(Event call, Register before) {}

    private final Events events;
    private final long budget;
    private final Deque<Step> path = new ArrayDeque<>();
    private final Set<Tried> tried = new HashSet<>();
    private final BitSet done = new BitSet();
    private Register state = Register.EMPTY;
    private long steps;
    private int deepest = -1;
    private String stuck = "";

    private Linearizability(List<Operation> operations, long budget) {
        this.events = new Events(operations);
        this.budget = budget;
    }

    /**
     * @param operations all of one document, from its beginning on, in any order
     * @param budget how many steps may be tried before the judge gives up
     */
    static Judgement of(List<Operation> operations, long budget) {
        return new Linearizability(
                        operations.stream()
                                .filter(operation -> !operation.refused())
                                .toList(),
                        budget)
                .search();
    }

    private Judgement search() {
        Event event = events.first();
        // Without an event left, or with calls of open operations alone, everything that was answered has its place.
        while (event != null) {
            if (++steps > budget) {
                return new Judgement.Undecided(steps);
            }
            if (event.call) {
                event = tryAt(event) ? events.first() : event.next();
            } else {
                remember(event);
                if (path.isEmpty()) {
                    return new Judgement.Broken(stuck);
                }
                event = back();
            }
        }
        return new Judgement.Sound();
    }

    private boolean tryAt(Event call) {
        Register next = state.after(call.operation);
        if (next == null) {
            return false;
        }
        done.set(call.number);
        if (!tried.add(new Tried((BitSet) done.clone(), next))) {
            done.clear(call.number);
            return false;
        }
        path.push(new Step(call, state));
        state = next;
        events.lift(call);
        return true;
    }

    /** Undoes the last step; what comes after it has not been tried in its place. */
    private @Nullable Event back() {
        Step last = path.pop();
        state = last.before();
        done.clear(last.call().number);
        events.giveBack(last.call());
        return last.call().next();
    }

    /** The failure that a reader wants to see is the one that came latest in the history. */
    private void remember(Event answer) {
        if (path.size() > deepest) {
            deepest = path.size();
            stuck = "no order explains " + answer.operation + " after " + path.size() + " operations that left "
                    + state;
        }
    }
}
