package dev.jtask.worker.app;

import java.lang.reflect.Proxy;
import java.util.List;

/// SIGTERM and SIGINT, each time they come: the first drains, a second one skips the waiting. The JVM's own handler
/// sees only the first, and makes the process exit with 143.
///
/// By reflection, since `sun.misc.Signal` is the JDK's only door and javac's warning about it cannot be silenced.
final class Signals {

    private Signals() {}

    static void onTermination(Runnable action) {
        try {
            var signal = Class.forName("sun.misc.Signal");
            var handlerType = Class.forName("sun.misc.SignalHandler");
            var handler = Proxy.newProxyInstance(
                    Signals.class.getClassLoader(), new Class<?>[] {handlerType}, (proxy, method, arguments) -> {
                        Thread.ofPlatform().name("stop").start(action);
                        return null;
                    });
            for (var name : List.of("TERM", "INT")) {
                signal.getMethod("handle", signal, handlerType)
                        .invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this JVM does not hand over signals; run the worker on a HotSpot JDK", e);
        }
    }
}
