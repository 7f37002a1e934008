package dev.jtask.worker;

import dev.jtask.task.Task;
import java.util.ServiceLoader;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.IntStream;

/// Tasks that go on in the JVM's common pool, with a service that only their jar names.
public final class PoolTasks {

    private PoolTasks() {}

    /// A service.
    public interface Greeter {
        String greet();
    }

    /// What the jar has for it.
    public static final class Hello implements Greeter {
        @Override
        public String greet() {
            return "hello";
        }
    }

    @Task("pool.promise")
    public static CompletionStage<String> promise() {
        return CompletableFuture.supplyAsync(PoolTasks::found);
    }

    @Task("pool.stream")
    public static long stream() {
        return IntStream.range(0, 5_000)
                .parallel()
                .mapToObj(i -> found())
                .filter("hello"::equals)
                .count();
    }

    @Task("pool.resource")
    public static boolean resource() throws Exception {
        return ForkJoinPool.commonPool()
                .submit(() -> Thread.currentThread()
                                .getContextClassLoader()
                                .getResource("META-INF/services/" + Greeter.class.getName())
                        != null)
                .get();
    }

    private static String found() {
        return ServiceLoader.load(Greeter.class).findFirst().map(Greeter::greet).orElse("nobody");
    }
}
