package io.elpis.query.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.elpis.protocol.node.OutcomeBatch;
import io.elpis.query.replica.HostedCopy;
import io.elpis.query.search.TestIndex;
import io.grpc.stub.ServerCallStreamObserver;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class OutcomeStreamTest {
    /** A caller whose stream throws at the first batch, as a cancelled one does. */
    private static final class Broken extends ServerCallStreamObserver<OutcomeBatch> {
        final List<String> told = new CopyOnWriteArrayList<>();

        @Override
        public void onNext(OutcomeBatch batch) {
            told.add("batch");
            throw new IllegalStateException("call already closed");
        }

        @Override
        public void onError(Throwable failure) {
            told.add("error");
            throw new IllegalStateException("call already closed");
        }

        @Override
        public void onCompleted() {}

        @Override
        public boolean isCancelled() {
            return false;
        }

        @Override
        public boolean isReady() {
            return true;
        }

        @Override
        public void setOnCancelHandler(Runnable handler) {}

        @Override
        public void setOnReadyHandler(Runnable handler) {}

        @Override
        public void setCompression(String compression) {}

        @Override
        public void setMessageCompression(boolean enable) {}

        @Override
        public void disableAutoInboundFlowControl() {}

        @Override
        public void request(int count) {}
    }

    @Test
    void aBrokenCallerEndsItsOwnStreamOnly(@TempDir Path directory) throws Exception {
        try (TestIndex index = new TestIndex(directory, 1, "{\"properties\":{\"title\":{\"type\":\"text\"}}}")) {
            HostedCopy hosted = index.copy(0);
            Broken caller = new Broken();
            new OutcomeStream(hosted, Objects.requireNonNull(hosted.copy()), 0, caller).start();
            index.index(0, "a", "{\"title\":\"one\"}").refresh();
            await().untilAsserted(() -> assertThat(caller.told).containsExactly("batch", "error"));
            index.index(0, "b", "{\"title\":\"two\"}").refresh();
            assertThat(caller.told).containsExactly("batch", "error");
            assertThat(hosted.isServing()).isTrue();
        }
    }
}
