package dev.jtask.worker.app;

/// What a signal to end does at the moment: before there is anything that could be stopped in good order, the process
/// ends at once, and well.
final class Stopping implements Runnable {

    private Runnable action = () -> System.exit(0);
    private boolean asked;

    /// From now on this is stopped; at once when a signal has come meanwhile.
    void instead(Runnable stop) {
        boolean late;
        synchronized (this) {
            action = stop;
            late = asked;
        }
        if (late) {
            stop.run();
        }
    }

    /// A signal has come.
    @Override
    public void run() {
        Runnable now;
        synchronized (this) {
            asked = true;
            now = action;
        }
        now.run();
    }
}
