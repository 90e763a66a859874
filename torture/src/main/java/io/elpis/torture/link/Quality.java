package io.elpis.torture.link;

import java.time.Duration;

/**
 * How well a link carries bytes.
 *
 * @param there whether it carries what is sent to the process behind the link
 * @param back whether it carries what that process answers
 * @param delay of each chunk
 * @param bytesPerSecond of each connection and direction; 0 for no limit
 */
public record Quality(boolean there, boolean back, Duration delay, int bytesPerSecond) {

    public static final Quality GOOD = new Quality(true, true, Duration.ZERO, 0);
    /** As after a cable was pulled: nothing arrives, and nobody is told. */
    public static final Quality CUT = new Quality(false, false, Duration.ZERO, 0);
    /** The process hears nothing, though what it sends arrives. */
    public static final Quality DEAF = new Quality(false, true, Duration.ZERO, 0);
    /** The process hears all, and nobody hears it. */
    public static final Quality MUTE = new Quality(true, false, Duration.ZERO, 0);

    public Quality {
        if (delay.isNegative() || bytesPerSecond < 0) {
            throw new IllegalArgumentException("delay " + delay + ", " + bytesPerSecond + " bytes a second");
        }
    }

    public static Quality slow(Duration delay, int bytesPerSecond) {
        return new Quality(true, true, delay, bytesPerSecond);
    }

    boolean carries(Direction direction) {
        return switch (direction) {
            case THERE -> there;
            case BACK -> back;
        };
    }

    /** How long a chunk takes. */
    long nanos(int bytes) {
        return delay.toNanos() + (bytesPerSecond == 0 ? 0 : bytes * 1_000_000_000L / bytesPerSecond);
    }

    @Override
    public String toString() {
        if (!there || !back) {
            return !there && !back ? "cut" : !there ? "cut towards it" : "cut from it";
        }
        return delay.isZero() && bytesPerSecond == 0
                ? "good"
                : "%d ms a chunk, %d KB/s".formatted(delay.toMillis(), bytesPerSecond / 1024);
    }
}
