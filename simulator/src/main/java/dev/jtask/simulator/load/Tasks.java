package dev.jtask.simulator.load;

/// The tasks of a load in the order of their arrival; arrays, because a day has millions of them.
public final class Tasks {

    private final double[] at;
    private final float[] seconds;
    private final byte[] queues;
    private final Kind[] kinds;

    Tasks(double[] at, float[] seconds, byte[] queues, Kind[] kinds) {
        this.at = at;
        this.seconds = seconds;
        this.queues = queues;
        this.kinds = kinds;
    }

    public int count() {
        return at.length;
    }

    /// When it gets into its queue, in seconds from the start.
    public double at(int task) {
        return at[task];
    }

    /// How long it keeps a slot busy.
    public double seconds(int task) {
        return seconds[task];
    }

    public int queue(int task) {
        return queues[task];
    }

    public Kind kind(int task) {
        return kinds[task];
    }
}
