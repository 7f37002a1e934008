package dev.jtask.broker;

import java.util.concurrent.ThreadFactory;
import java.util.concurrent.atomic.AtomicInteger;

/// A thread of a connection, on which the broker's answers are read and callbacks run. Who waits on it for an answer
/// waits for ever: that is why what may wait asserts [#mayWait()].
public final class BrokerThread extends Thread {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private BrokerThread(Runnable work) {
        super(work, "amqp-" + NUMBER.getAndIncrement());
        setDaemon(true);
    }

    static ThreadFactory factory() {
        return BrokerThread::new;
    }

    /// Whether the present thread may wait for an answer of the broker.
    public static boolean mayWait() {
        return !(currentThread() instanceof BrokerThread);
    }
}
