package dev.jtask.worker.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.task.Task;
import java.lang.reflect.InvocationTargetException;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/// A method is called as it is: what it throws comes out, what it promises is waited for.
@SuppressWarnings("DoNotCallSuggester") // tasks that only throw are what is tested
class MethodTaskTest {

    private static final class Odd extends Throwable {
        private static final long serialVersionUID = 1;
    }

    static class Thrower {

        private final Throwable thrown;

        Thrower(Throwable thrown) {
            this.thrown = thrown;
        }

        @Task("throw")
        public void run() throws Throwable {
            throw thrown;
        }

        @Task("stage")
        public CompletionStage<String> stage() {
            return CompletableFuture.failedFuture(thrown);
        }

        @Task("future")
        public Future<String> future() {
            return CompletableFuture.failedFuture(thrown);
        }
    }

    static class Promises {
        @Task("stage")
        public CompletionStage<CompletionStage<String>> stage() {
            return CompletableFuture.completedStage(CompletableFuture.completedStage("done"));
        }

        @Task("future")
        public Future<Integer> future() {
            var future = new FutureTask<>(() -> 5);
            future.run();
            return future;
        }

        private final FutureTask<Integer> endless = new FutureTask<>(() -> 5);

        @Task("endless")
        public Future<Integer> endless() {
            Thread.currentThread().interrupt();
            return endless;
        }
    }

    @Test
    void whateverIsThrownComesOutAsItIs() {
        for (var thrown : List.of(
                new IllegalStateException("a"),
                new Exception("b"),
                new NoClassDefFoundError("c"),
                new Odd(),
                new InvocationTargetException(null, "no cause"),
                new ExecutionException("no cause", null),
                new ExceptionInInitializerError("d"))) {
            var tasks = TaskClasses.of(new Thrower(thrown));
            for (var name : List.of("throw", "stage", "future")) {
                assertThatThrownBy(() -> Called.run(tasks, name)).isSameAs(thrown);
            }
        }
    }

    @Test
    void promisesAreWaitedFor() throws Exception {
        var tasks = TaskClasses.of(new Promises());
        assertThat(Called.run(tasks, "stage")).isEqualTo("done");
        assertThat(Called.run(tasks, "future")).isEqualTo(5);
    }

    @Test
    void anInterruptedTaskCancelsWhatItWaitsFor() {
        var promises = new Promises();
        assertThatThrownBy(() -> Called.run(TaskClasses.of(promises), "endless"))
                .isInstanceOf(InterruptedException.class);
        assertThat(promises.endless.isCancelled()).isTrue();
        assertThat(Thread.interrupted()).isFalse();
    }

    static class Traced {
        @Task("trace")
        public void run() {
            throw new IllegalStateException("here");
        }
    }

    @Test
    void theUsersFramesComeFirst() {
        assertThatThrownBy(() -> Called.run(TaskClasses.of(new Traced()), "trace"))
                .satisfies(e -> assertThat(e.getStackTrace())
                        .extracting(StackTraceElement::getClassName)
                        .startsWith(Traced.class.getName(), MethodTask.class.getName()));
    }

    static class Context {
        @Task("context")
        public Object context() {
            return Thread.currentThread().getContextClassLoader();
        }
    }

    @Test
    void anObjectsContextIsTheOneInWhichItWasGiven() throws Exception {
        var thread = Thread.currentThread();
        var before = thread.getContextClassLoader();
        try (var application = new URLClassLoader(new URL[0], before)) {
            thread.setContextClassLoader(application);
            var tasks = TaskClasses.of(new Context());
            thread.setContextClassLoader(null);
            assertThat(Called.run(tasks, "context")).isSameAs(application);
            assertThat(thread.getContextClassLoader()).isNull();
            var others = TaskClasses.of(new Context());
            assertThat(Called.run(others, "context")).isSameAs(Context.class.getClassLoader());
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    static class Lent {
        @Task("lent.run")
        public String run(String what) {
            said.add(what);
            return what;
        }

        @Task("lent.static")
        public static String alone(String what) {
            return what;
        }

        private final List<String> said;

        Lent(List<String> said) {
            this.said = said;
        }
    }

    private record Loan(List<String> said) implements Lease<Lent> {
        @Override
        public Lent instance() {
            said.add("lent");
            return new Lent(said);
        }

        @Override
        public void close() {
            said.add("back");
        }
    }

    @Test
    void anInstanceIsLentForOneRun() throws Exception {
        var said = new ArrayList<String>();
        var tasks = TaskClasses.leased(Lent.class, () -> new Loan(said));

        Called.run(tasks, "lent.run", "one");
        Called.run(tasks, "lent.run", "two");
        assertThat(said).containsExactly("lent", "one", "back", "lent", "two", "back");

        said.clear();
        Called.run(tasks, "lent.static", "three");
        assertThat(said).as("of a static one").containsExactly("back");

        said.clear();
        assertThatThrownBy(() -> Called.json(tasks, "lent.run", "[]", "{}")).isInstanceOf(BadArgumentsException.class);
        assertThat(said).as("without its arguments").isEmpty();
    }

    @Test
    void whatIsLentComesBackFromATaskThatFails() {
        var said = new ArrayList<String>();
        var tasks = TaskClasses.leased(Thrower.class, () -> new Lease<Thrower>() {
            @Override
            public Thrower instance() {
                return new Thrower(new Odd());
            }

            @Override
            public void close() {
                said.add("back");
            }
        });

        assertThatThrownBy(() -> Called.run(tasks, "stage")).isInstanceOf(Odd.class);
        assertThat(said).containsExactly("back");
    }
}
