package io.elpis.aggregator.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.ByteString;
import io.elpis.aggregator.consistency.Reading;
import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import io.elpis.model.search.SourceFilter;
import io.elpis.protocol.node.GetResponse;
import io.elpis.protocol.node.HitContent;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

final class ManyReadsTest {
    private final List<CompletableFuture<GetResponse>> asked = new ArrayList<>();

    private static List<DocumentCall> calls(int number) {
        return IntStream.range(0, number)
                .mapToObj(id -> new DocumentCall(
                        "wiki", Integer.toString(id), null, true, SourceFilter.ALL, Reading.EVENTUAL, "Bearer token"))
                .toList();
    }

    private CompletableFuture<GetResponse> later(DocumentCall call) {
        CompletableFuture<GetResponse> answer = new CompletableFuture<>();
        asked.add(answer);
        return answer;
    }

    private static GetResponse found(int bytes) {
        return GetResponse.newBuilder()
                .setFound(true)
                .setContent(HitContent.newBuilder().setSource(ByteString.copyFrom(new byte[bytes])))
                .build();
    }

    @Test
    void aFewAreReadAtATimeAndAllComeInOrder() {
        ManyReads reads = ManyReads.start(calls(100), this::later);
        assertThat(asked).hasSize(32);
        asked.get(5).complete(found(5));
        asked.get(3).completeExceptionally(new ElpisException(ErrorCode.TIMED_OUT, "late"));
        assertThat(asked).hasSize(34);
        for (int at = 0; at < 100; at++) {
            asked.get(at).complete(found(at));
        }
        List<ManyReads.Read> all = reads.join();
        assertThat(all)
                .extracting(read -> read.call().id())
                .isEqualTo(calls(100).stream().map(DocumentCall::id).toList());
        assertThat(all.get(3).failure()).isInstanceOf(ElpisException.class);
        assertThat(all.get(99).answer()).isEqualTo(found(99));
    }

    @Test
    void readsThatEndAtOnceDoNotPileUp() {
        ManyReads reads = ManyReads.start(calls(10_000), _ -> CompletableFuture.completedFuture(found(1)));
        assertThat(reads.join()).hasSize(10_000);
    }

    @Test
    void cancellingCancelsWhatIsUnderWay() {
        ManyReads reads = ManyReads.start(calls(100), this::later);
        reads.cancel(true);
        assertThat(asked).hasSize(32).allMatch(CompletableFuture::isCancelled);
    }

    @Test
    void tooManyBytesAreRefused() {
        GetResponse large = found(1 << 20);
        ManyReads reads = ManyReads.start(calls(100), _ -> CompletableFuture.completedFuture(large));
        assertThatThrownBy(reads::join)
                .cause()
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.CIRCUIT_BREAKING));
    }
}
