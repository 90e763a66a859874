package io.elpis.query.node;

/** Carries the news that a copy's state has changed to whoever tells it on, once there is someone. */
final class StateChanges implements Runnable {
    private volatile Runnable listener = () -> {};

    void tell(Runnable newListener) {
        listener = newListener;
    }

    @Override
    public void run() {
        listener.run();
    }
}
