package dev.jtask.operator.management;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What the JVM has counted.
final class Allocated {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private Allocated() {}

    /// Bytes that the calling thread has ever asked for.
    static long byThisThread() {
        return THREADS.getCurrentThreadAllocatedBytes();
    }
}
