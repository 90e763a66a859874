package io.elpis.aggregator.search;

import com.google.errorprone.annotations.concurrent.GuardedBy;
import io.elpis.aggregator.merge.Winner;
import io.elpis.aggregator.scatter.NodeAnswer;
import io.elpis.aggregator.scatter.NodeCall;
import io.elpis.aggregator.scatter.NodeFailure;
import io.elpis.aggregator.scatter.ShardScatter;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.protocol.node.FetchDoc;
import io.elpis.protocol.node.FetchRequest;
import io.elpis.protocol.node.FetchResponse;
import io.elpis.protocol.node.QueryNodeGrpc;
import io.elpis.protocol.search.FetchSpec;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Fetches the content of a page's winners, each from the node and reader that found it. Ends as soon as one node does
 * not deliver, or falls silent, for nobody else has its lease: the calls to the others are cancelled then.
 */
final class WinnerFetch extends CompletableFuture<WinnerFetch.Result> {
    private final ShardScatter scatter;
    private final List<Winner> plain;
    private final @Nullable Winner[] winners;

    @GuardedBy("this")
    private final List<NodeCall<FetchRequest, FetchResponse>> calls = new ArrayList<>(4);

    @GuardedBy("this")
    private int missing;

    private volatile @Nullable Runnable look;

    /** What a fetch came to. */
    sealed interface Result {
        record Fetched(List<Winner> winners) implements Result {}

        record Failed(NodeFailure failure) implements Result {}
    }

    private WinnerFetch(ShardScatter scatter, List<Winner> winners) {
        this.scatter = scatter;
        this.plain = winners;
        this.winners = winners.toArray(new Winner[0]);
    }

    /** @param nanos the calls may take */
    static WinnerFetch start(
            ShardScatter scatter, List<Winner> winners, FetchSpec spec, String authorization, long nanos) {
        WinnerFetch fetch = new WinnerFetch(scatter, winners);
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
            fetch.complete(new Result.Fetched(winners));
        }
        fetch.whenComplete((_, _) -> fetch.stop());
        places.forEach((from, at) -> fetch.call(from, at, spec, authorization, nanos));
        fetch.lookAgain();
        return fetch;
    }

    private void call(NodeAnswer from, List<Integer> places, FetchSpec spec, String authorization, long nanos) {
        if (isDone()) {
            return;
        }
        NodeCall<FetchRequest, FetchResponse> call = scatter.call(
                from.node(),
                QueryNodeGrpc.getFetchMethod(),
                request(from, places, spec),
                authorization,
                nanos,
                (answer, failure) -> ended(places, answer, failure));
        if (call == null) {
            failed("the circuit of node [" + from.node().name() + "] is open");
            return;
        }
        synchronized (this) {
            calls.add(call);
        }
        if (isDone()) {
            call.cancel();
        }
    }

    private FetchRequest request(NodeAnswer from, List<Integer> places, FetchSpec spec) {
        FetchRequest.Builder request =
                FetchRequest.newBuilder().setLease(from.response().getLease()).setSpec(spec);
        for (int at : places) {
            request.addDocs(FetchDoc.newBuilder()
                    .setShardOrdinal(plain.get(at).hit().getShardOrdinal())
                    .setDoc(plain.get(at).hit().getDoc()));
        }
        return request.build();
    }

    private void ended(List<Integer> places, @Nullable FetchResponse answer, @Nullable NodeFailure failure) {
        if (failure != null) {
            complete(new Result.Failed(failure));
        } else if (answer == null || answer.getContentsCount() != places.size()) {
            failed("a node did not bring what was fetched");
        } else {
            fetched(places, answer);
        }
    }

    private void failed(String reason) {
        ElpisException error = new ElpisException(ErrorCode.SHARD_NOT_AVAILABLE, reason);
        complete(new Result.Failed(new NodeFailure(error, false, true)));
    }

    private void fetched(List<Integer> places, FetchResponse answer) {
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
            complete(new Result.Fetched(List.of(winners)));
        }
    }

    private void lookAgain() {
        if (!isDone()) {
            Runnable set = scatter.lookAgain(this::look);
            look = set;
            if (isDone()) {
                set.run();
            }
        }
    }

    private void look() {
        boolean silent;
        synchronized (this) {
            silent = calls.stream().anyMatch(NodeCall::isInSilence);
        }
        if (silent && scatter.hearsSomebody()) {
            failed("a node fell silent before it brought what it had found");
        } else {
            lookAgain();
        }
    }

    /** Nothing for a call that has ended. */
    private void stop() {
        Runnable set = look;
        if (set != null) {
            set.run();
        }
        List<NodeCall<FetchRequest, FetchResponse>> started;
        synchronized (this) {
            started = List.copyOf(calls);
        }
        started.forEach(NodeCall::cancel);
    }
}
