package io.elpis.query.search;

import static org.assertj.core.api.Assertions.assertThat;

import io.elpis.query.replica.CopyView;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LeasesTest {
    private final AtomicLong now = new AtomicLong();
    private final Leases leases = new Leases(2, Duration.ofNanos(100), now::get, -1);

    @TempDir
    Path directory;

    @Test
    void aLeaseKeepsItsReaderOpenUntilItEnds() throws Exception {
        try (TestIndex index = new TestIndex(directory, 1, "{}")) {
            CopyView view = Objects.requireNonNull(index.copy(0).copy()).acquire();
            int held = view.reader().getRefCount();
            leases.grant(views(view));
            now.set(99);
            leases.expire();
            assertThat(view.reader().getRefCount()).isEqualTo(held);
            now.set(100);
            leases.expire();
            assertThat(view.reader().getRefCount()).isEqualTo(held - 1);
        }
    }

    @Test
    void theOldestGoesWhenThereAreTooMany() {
        long first = leases.grant(views(null));
        long second = leases.grant(views(null));
        long third = leases.grant(views(null));
        assertThat(List.of(first, second, third)).doesNotHaveDuplicates().doesNotContain(0L);
        assertThat(leases.take(first)).isNull();
        assertThat(leases.take(second)).isNotNull();
        assertThat(leases.take(second)).isNull();
    }

    @Test
    void anEndedLeaseIsNotHandedOut() {
        long lease = leases.grant(views(null));
        now.set(100);
        assertThat(leases.take(lease)).isNull();
        assertThat(leases.size()).isZero();
    }

    private static List<@Nullable CopyView> views(@Nullable CopyView view) {
        List<@Nullable CopyView> views = new ArrayList<>();
        views.add(view);
        return views;
    }
}
