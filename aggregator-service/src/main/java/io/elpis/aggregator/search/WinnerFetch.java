package io.elpis.aggregator.search;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.aggregator.merge.Winner;
import io.elpis.aggregator.scatter.NodeAnswer;
import io.elpis.aggregator.scatter.UnaryCall;
import io.elpis.protocol.node.FetchDoc;
import io.elpis.protocol.node.FetchRequest;
import io.elpis.protocol.node.FetchResponse;
import io.elpis.protocol.node.QueryNodeGrpc;
import io.elpis.protocol.search.FetchSpec;
import io.grpc.Metadata;
import io.grpc.Status;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the content of a page's winners, each from the node and reader that found it. Completes exceptionally as soon
 * as one node does not deliver: nobody else has its lease.
 */
final class WinnerFetch extends CompletableFuture<List<Winner>> {
    private final @Nullable Winner[] winners;
    private final List<UnaryCall<FetchRequest, FetchResponse>> calls = new ArrayList<>(4);

    @GuardedBy("this")
    private int missing;

    private WinnerFetch(List<Winner> winners) {
        this.winners = winners.toArray(new Winner[0]);
    }

    static WinnerFetch start(List<Winner> winners, FetchSpec spec, String authorization, long nanos) {
        WinnerFetch fetch = new WinnerFetch(winners);
        Map<NodeAnswer, List<Integer>> places = new IdentityHashMap<>(8);
        for (int at = 0; at < winners.size(); at++) {
            if (winners.get(at).content() == null) {
                places.computeIfAbsent(winners.get(at).from(), _ -> new ArrayList<>())
                        .add(at);
            }
        }
        synchronized (fetch) {
            fetch.missing = places.size();
        }
        if (places.isEmpty()) {
            fetch.complete(winners);
        }
        places.forEach((from, at) -> fetch.call(from, at, winners, spec, authorization, nanos));
        return fetch;
    }

    private void call(
            NodeAnswer from,
            List<Integer> places,
            List<Winner> winners,
            FetchSpec spec,
            String authorization,
            long nanos) {
        FetchRequest.Builder request =
                FetchRequest.newBuilder().setLease(from.response().getLease()).setSpec(spec);
        for (int at : places) {
            request.addDocs(FetchDoc.newBuilder()
                    .setShardOrdinal(winners.get(at).hit().getShardOrdinal())
                    .setDoc(winners.get(at).hit().getDoc()));
        }
        UnaryCall<FetchRequest, FetchResponse> call = UnaryCall.start(
                from.node().stub().getChannel(),
                QueryNodeGrpc.getFetchMethod(),
                request.build(),
                authorization,
                nanos,
                (answer, status, trailers) -> ended(places, winners, answer, status, trailers));
        synchronized (this) {
            calls.add(call);
        }
    }

    private void ended(
            List<Integer> places,
            List<Winner> plain,
            @Nullable FetchResponse answer,
            Status status,
            Metadata trailers) {
        if (answer == null || answer.getContentsCount() != places.size()) {
            completeExceptionally(status.asRuntimeException(trailers));
            return;
        }
        boolean last;
        synchronized (this) {
            for (int i = 0; i < places.size(); i++) {
                int at = places.get(i);
                winners[at] = plain.get(at).withContent(answer.getContents(i));
            }
            missing--;
            last = missing == 0;
        }
        if (last) {
            complete(List.of(winners));
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        List<UnaryCall<FetchRequest, FetchResponse>> running;
        synchronized (this) {
            running = List.copyOf(calls);
        }
        running.forEach(call -> call.cancel("the caller went away"));
        return cancelled;
    }
}
