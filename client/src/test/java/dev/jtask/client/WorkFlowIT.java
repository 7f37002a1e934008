package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import dev.jtask.broker.AmqpMessages;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Queues;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.protocol.message.DecodeResult;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.protocol.message.TaskMessage;
import dev.jtask.task.request.Calls;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.PythonWorker;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Work flows that the Java client builds and a real Python worker runs.
@RabbitMqTest
@SuppressWarnings("NullAway.Init")
class WorkFlowIT {

    private static final Duration SOON = Duration.ofSeconds(30);
    private static final String QUEUE = "flows";
    private static final String LINKED = "flows-linked";

    @TempDir
    static Path folder;

    private static RabbitMqNode node;
    private static PythonWorker worker;
    private static TaskClient client;

    @BeforeAll
    static void start(RabbitMqNode broker) throws IOException {
        node = broker;
        worker = PythonWorker.start(broker, QUEUE, folder.resolve("celery.log"));
        client = TaskClient.builder(broker.amqpUri()).queue(QUEUE).connect();
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

    @Test
    void aChainHandsEachResultOn() {
        var chain = Chain.of(add(1, 2)).then(add(3)).then(add(4));

        assertThat(client.send(chain).get(SOON)).isEqualTo(10);
    }

    @Test
    void aStepThatIsCompleteDoesNotTakeTheResult() {
        var chain = Chain.of(add(1, 2)).then(add(3, 3).complete());

        assertThat(client.send(chain).get(SOON)).isEqualTo(6);
    }

    @Test
    void whoWaitsForAChainHearsOfAFailureInItsMiddle() {
        var chain = Chain.of(add(1, 2)).then(TaskRequest.of("p.fail")).then(add(1));

        assertThatThrownBy(() -> client.send(chain).get(SOON))
                .asInstanceOf(type(TaskFailedException.class))
                .satisfies(failure -> assertThat(failure.error().type()).isEqualTo("ValueError"));
    }

    @Test
    void aGroupGivesItsResultsInOrder() {
        var group = Group.of(IntStream.range(0, 20).mapToObj(i -> add(i, i)).toList());

        var handle = client.send(group);

        assertThat(handle.get(SOON))
                .isEqualTo(IntStream.range(0, 20).map(i -> 2 * i).boxed().toList());
        assertThat(handle.completed()).isEqualTo(20);
        assertThat(handle.onComplete().join()).hasSize(20);
    }

    @Test
    void aGroupMayHaveChains() {
        var group = Group.of(Chain.of(add(1, 1)).then(add(1)), add(5, 5));

        assertThat(client.send(group).get(SOON)).containsExactly(3, 10);
    }

    @Test
    void manyCallsTravelInOneMessage() {
        var pairs = IntStream.range(0, 5).mapToObj(i -> List.of(i, i)).toList();

        assertThat(client.send(Calls.starmap(TaskRequest.of("p.add"), pairs)).get(SOON))
                .hasToString("[0,2,4,6,8]");
        assertThat(client.send(Calls.map(TaskRequest.of("p.echo"), List.of("a", "b")))
                        .get(SOON))
                .hasToString("[\"a\",\"b\"]");
        assertThat(client.send(Calls.chunks(TaskRequest.of("p.add"), pairs, 2)).get(SOON))
                .hasToString("[[0,2], [4,6], [8]]");
    }

    @Test
    void linksAreSentAfterSuccessAndErrorLinksAfterFailure() {
        var linked = TaskRequest.of("x.linked", "own").queue(LINKED);

        client.send(add(1, 2).link(linked));
        assertThat(taken().args()).hasToString("[3,\"own\"]");
        var failing = client.send(TaskRequest.of("p.fail", "boom").errorLink(linked));
        assertThat(taken().args()).hasToString("[\"%s\",\"own\"]".formatted(failing.id()));
    }

    @Test
    void aFlowThatThisClientCannotCountIsRefusedWhenItIsSent() {
        var flow = Chain.of(Group.of(add(1, 1), add(2, 2))).then(TaskRequest.of("p.echo"));

        assertThatThrownBy(() -> client.send(flow))
                .isInstanceOf(UnsupportedOperationException.class)
                .hasMessageContaining("needs a result backend that counts");
    }

    @Test
    void aFlowWithoutASingleResultIsRefusedWhenItIsSent() {
        var group = Group.of(add(1, 1), add(2, 2));

        assertThatThrownBy(() -> client.send(Chain.of(add(1, 1)).then(group)))
                .hasMessageContaining("let one more task collect");
        assertThatThrownBy(() -> client.send(Group.of(group))).hasMessageContaining("let one more task collect");
    }

    private static TaskRequest<Integer> add(Object... values) {
        return TaskRequest.of("p.add", values).returning(Integer.class);
    }

    private static TaskMessage taken() {
        return Awaitility.await("a message in " + LINKED)
                .atMost(SOON)
                .until(WorkFlowIT::take, message -> message != null);
    }

    private static @Nullable TaskMessage take() throws IOException {
        try (var connection = BrokerConnections.open(BrokerOptions.of(node.amqpUri()))) {
            if (!Queues.exists(connection, LINKED)) {
                return null;
            }
            var got = connection.createChannel().basicGet(LINKED, true);
            return got != null
                            && TaskCodec.decode(AmqpMessages.fromAmqp(got.getProps(), got.getBody()))
                                    instanceof DecodeResult.Decoded decoded
                    ? decoded.task()
                    : null;
        }
    }
}
