package io.elpis.auth.account;

import io.elpis.model.error.ElpisException;
import io.elpis.model.error.ErrorCode;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.password.PasswordEncoder;

/**
 * Hashes and compares passwords, a few at a time: guessing them must not take the machine down. An unknown name costs
 * as much time as a wrong password.
 */
final class Passwords {
    private final PasswordEncoder encoder;
    private final Semaphore turns;
    private final Semaphore places;
    private final Duration wait;
    private final String nobody;

    Passwords(PasswordEncoder encoder, int atATime, int waiting, Duration wait) {
        this.encoder = encoder;
        this.turns = new Semaphore(atATime);
        this.places = new Semaphore(atATime + waiting);
        this.wait = wait;
        this.nobody = String.valueOf(encoder.encode("nobody's password"));
    }

    String hash(String password) {
        return String.valueOf(encoder.encode(password));
    }

    /**
     * @param hash null when the name is unknown: never matches
     * @throws ElpisException TOO_MANY_REQUESTS at once when too many wait already, or when its turn does not come in time
     */
    boolean match(String password, @Nullable String hash) {
        if (!places.tryAcquire()) {
            throw busy();
        }
        try {
            return inTurn(password, hash);
        } finally {
            places.release();
        }
    }

    private boolean inTurn(String password, @Nullable String hash) {
        boolean turn;
        try {
            turn = turns.tryAcquire(wait.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            turn = false;
        }
        if (!turn) {
            throw busy();
        }
        try {
            return encoder.matches(password, hash == null ? nobody : hash) && hash != null;
        } finally {
            turns.release();
        }
    }

    private static ElpisException busy() {
        return new ElpisException(ErrorCode.TOO_MANY_REQUESTS, "too many passwords to check, try again later");
    }
}
