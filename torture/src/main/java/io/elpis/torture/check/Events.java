package io.elpis.torture.check;

import io.elpis.torture.history.Operation;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The calls and returns of a history as a doubly linked list in the order of time, from which operations are lifted
 * and to which they are given back in the opposite order. An operation that stayed open has a call without a return.
 */
final class Events {

    static final class Event {
        final int number;
        final Operation operation;
        /** The return that belongs to this call; null in returns, and in calls of open operations. */
        final @Nullable Event answer;

        final boolean call;

        private @Nullable Event before;
        private @Nullable Event next;

        private Event(int number, Operation operation, @Nullable Event answer, boolean call) {
            this.number = number;
            this.operation = operation;
            this.answer = answer;
            this.call = call;
        }

        @Nullable
        Event next() {
            return next;
        }

        private long time() {
            return call ? operation.invoked() : operation.returned();
        }
    }

    /** At equal times calls come first, which lets the two operations overlap. */
    private static final Comparator<Event> BY_TIME =
            Comparator.comparingLong(Event::time).thenComparing(event -> !event.call);

    private @Nullable Event first;

    Events(List<Operation> operations) {
        List<Event> all = new ArrayList<>(2 * operations.size());
        for (int number = 0; number < operations.size(); number++) {
            Operation operation = operations.get(number);
            Event answer = operation.open() ? null : new Event(number, operation, null, false);
            all.add(new Event(number, operation, answer, true));
            if (answer != null) {
                all.add(answer);
            }
        }
        all.sort(BY_TIME);
        Event last = null;
        for (Event event : all) {
            event.before = last;
            if (last == null) {
                first = event;
            } else {
                last.next = event;
            }
            last = event;
        }
    }

    @Nullable
    Event first() {
        return first;
    }

    void lift(Event call) {
        unlink(call);
        if (call.answer != null) {
            unlink(call.answer);
        }
    }

    void giveBack(Event call) {
        if (call.answer != null) {
            link(call.answer);
        }
        link(call);
    }

    private void unlink(Event event) {
        if (event.before == null) {
            first = event.next;
        } else {
            event.before.next = event.next;
        }
        if (event.next != null) {
            event.next.before = event.before;
        }
    }

    private void link(Event event) {
        if (event.before == null) {
            first = event;
        } else {
            event.before.next = event;
        }
        if (event.next != null) {
            event.next.before = event;
        }
    }
}
