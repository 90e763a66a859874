package io.elpis.auth.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.password.PasswordEncoder;

class PasswordsTest {
    private final CountDownLatch comparing = new CountDownLatch(1);
    private final CountDownLatch finish = new CountDownLatch(1);

    @Test
    void whoFindsTheQueueFullIsRefusedWithoutWaiting() throws Exception {
        Passwords passwords = new Passwords(new Slow(), 1, 0, Duration.ofMinutes(5));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> first = threads.submit(() -> passwords.match("secret", "secret"));
            assertThat(comparing.await(10, TimeUnit.SECONDS)).isTrue();

            assertBusy(passwords);
            finish.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
            assertThat(passwords.match("other", "secret")).isFalse();
        }
    }

    @Test
    void whoseTurnDoesNotComeInTimeIsRefused() throws Exception {
        Passwords passwords = new Passwords(new Slow(), 1, 1, Duration.ofMillis(1));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Boolean> first = threads.submit(() -> passwords.match("secret", "secret"));
            assertThat(comparing.await(10, TimeUnit.SECONDS)).isTrue();

            assertBusy(passwords);
            finish.countDown();
            assertThat(first.get(10, TimeUnit.SECONDS)).isTrue();
        }
    }

    private static void assertBusy(Passwords passwords) {
        assertThatThrownBy(() -> passwords.match("secret", "secret"))
                .isInstanceOfSatisfying(
                        ElpisException.class,
                        failure -> assertThat(failure.code()).isEqualTo(ErrorCode.TOO_MANY_REQUESTS));
    }

    private final class Slow implements PasswordEncoder {
        @Override
        public String encode(@Nullable CharSequence password) {
            return String.valueOf(password);
        }

        @Override
        public boolean matches(@Nullable CharSequence password, @Nullable String encoded) {
            comparing.countDown();
            try {
                return finish.await(10, TimeUnit.SECONDS)
                        && String.valueOf(password).equals(encoded);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
