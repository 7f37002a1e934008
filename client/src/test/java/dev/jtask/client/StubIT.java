package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.client.result.TaskHandle;
import dev.jtask.testing.PythonWorker;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// An interface in place of task names; a real Python worker serves it.
@RabbitMqTest
@SuppressWarnings("NullAway.Init")
class StubIT {

    private static final Duration SOON = Duration.ofSeconds(30);

    @TempDir
    static Path folder;

    private static PythonWorker worker;
    private static TaskClient client;

    @BeforeAll
    static void start(RabbitMqNode node) throws IOException {
        worker = PythonWorker.start(node, "stubs", folder.resolve("celery.log"));
        client = TaskClient.builder(node.amqpUri()).queue("stubs").connect();
    }

    @AfterAll
    static void stop() {
        if (client != null) {
            client.close();
        }
        if (worker != null) {
            worker.close();
        }
    }

    @TaskName("p")
    interface Peer {
        TaskHandle<Integer> add(int x, int y);

        @TaskName("p.echo")
        TaskHandle<Map<String, List<Long>>> echoed(Map<String, List<Long>> value);

        void fail(String message);

        default TaskHandle<Integer> twice(int x) {
            return add(x, x);
        }
    }

    interface Unnamed {
        TaskHandle<Integer> add(int x);
    }

    interface Direct {
        @TaskName("p.add")
        int add(int x);
    }

    interface Echo<T> {
        @TaskName("p.echo")
        TaskHandle<T> one(T value);

        @TaskName("p.echo")
        TaskHandle<List<T>> all(List<? extends T> values);
    }

    interface Receipts extends Echo<Receipt> {}

    interface Middle<A, B> extends Echo<B> {}

    interface Lists extends Middle<String, List<Receipt>> {}

    interface AnyReceipts<T extends Receipt> extends Echo<T> {}

    @SuppressWarnings("rawtypes")
    interface RawEcho extends Echo {}

    interface Guesses {
        @TaskName("p.echo")
        @SuppressWarnings("TypeParameterUnusedInFormals") // which is what is wrong with it
        <R> TaskHandle<List<R>> guess(Object value);
    }

    record Receipt(int id) {}

    @Test
    void aGenericInterfaceIsReadAsTheOneThatExtendsItSays() {
        var receipts = List.of(new Receipt(1), new Receipt(2));

        assertThat(client.stub(Receipts.class).one(receipts.get(0)).get(SOON)).isEqualTo(receipts.get(0));
        assertThat(client.stub(Receipts.class).all(receipts).get(SOON)).isEqualTo(receipts);
        assertThat(client.stub(Lists.class).one(receipts).get(SOON)).isEqualTo(receipts);
    }

    @Test
    void aResultWhoseTypeIsOpenIsRefusedWithTheFix() {
        for (var open : List.of(Echo.class, AnyReceipts.class, RawEcho.class, Guesses.class)) {
            assertThatThrownBy(() -> client.stub(open))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("may be anything; make the stub of an interface that says what it is");
        }
    }

    @Test
    void aMethodCallIsATaskWithATypedResult() {
        var peer = client.stub(Peer.class);

        assertThat(peer.add(4, 6).get(SOON)).isEqualTo(10);
        assertThat(peer.twice(4).get(SOON)).isEqualTo(8);
        var value = Map.of("a", List.of(1L, 5_000_000_000L));
        assertThat(peer.echoed(value).get(SOON)).isEqualTo(value);
        peer.fail("nobody asks");
    }

    @Test
    void aResultIsAFutureWhoseContinuationMayBlock() throws Exception {
        var peer = client.stub(Peer.class);

        var chained =
                peer.add(1, 2).onComplete().thenApply(sum -> peer.add(sum, 10).get(SOON));

        assertThat(chained.get(30, TimeUnit.SECONDS)).isEqualTo(13);
    }

    @Test
    void optionsHoldForEveryMethod() {
        assertThatThrownBy(() -> client.stub(
                                Peer.class,
                                request -> request.timeLimits(null, Duration.ofSeconds(9))
                                        .priority(300))
                        .add(1, 1))
                .hasMessageContaining("priority must be 0 to 255");
    }

    @Test
    void anInterfaceThatDoesNotFitIsRefusedWithTheFix() {
        assertThatThrownBy(() -> client.stub(Unnamed.class)).hasMessageContaining("add @TaskName");
        assertThatThrownBy(() -> client.stub(Direct.class)).hasMessageContaining("must return TaskHandle<R>");
        assertThatThrownBy(() -> client.stub(String.class)).hasMessageContaining("is no interface");
    }
}
