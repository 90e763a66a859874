package io.elpis.launcher.load;

import java.util.concurrent.atomic.AtomicLong;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A progress bar on the terminal, with rate and time left. */
public final class ProgressLine implements LoadProgress {

    private static final long MEGABYTE = 1_000_000;

    private final ProgressBar bar;
    private final AtomicLong records = new AtomicLong();

    public ProgressLine(String name, long bytes) {
        bar = new ProgressBarBuilder()
                .setTaskName(name)
                .setInitialMax(bytes)
                .setUnit(" MB", MEGABYTE)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(250)
                .showSpeed()
                .build();
    }

    @Override
    public void advanced(long bytes, long more) {
        bar.stepBy(bytes);
        bar.setExtraMessage(" %,d records".formatted(records.addAndGet(more)));
    }

    @Override
    public void close() {
        bar.close();
    }
}
