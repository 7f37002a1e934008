package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Connection;
import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.BrokerConnections;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Continuations;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.PublishException;
import dev.jtask.broker.PublishNotConfirmedException;
import dev.jtask.broker.Queues;
import dev.jtask.broker.UnroutableException;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.client.result.TaskTimeoutException;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// What a producer sees of its broker, good and bad.
@RabbitMqTest
class TaskClientIT {

    private static final Duration SOON = Duration.ofSeconds(60);

    private final RabbitMqNode node;

    TaskClientIT(RabbitMqNode node) {
        this.node = node;
    }

    @Test
    void whatWasSentIsInTheQueueWhenSendReturns() throws IOException {
        try (var client = client("sent");
                var connection = connection()) {
            client.send("t.any", 1);

            assertThat(ready(connection, "sent")).isEqualTo(1);
        }
    }

    @Test
    void aResultThatDoesNotComeIsATimeoutThatNamesTheQueue() {
        try (var client = client("unserved")) {
            var handle = client.send("t.any");

            assertThat(handle.await(Duration.ofMillis(100))).isFalse();
            assertThat(handle.status()).isEqualTo(TaskState.PENDING);
            assertThatThrownBy(() -> handle.get(Duration.ofMillis(100)))
                    .isInstanceOf(TaskTimeoutException.class)
                    .hasMessageContaining("'unserved'")
                    .hasMessageContaining("is a worker consuming the queue?");
        }
    }

    @Test
    void resultsThatGoToTheirSenderOnlyAreNotFoundById() {
        try (var client = client("unkept")) {
            assertThatThrownBy(() -> client.handle("some-id", String.class))
                    .isInstanceOf(UnsupportedOperationException.class)
                    .hasMessageContaining("the result of task some-id is not kept")
                    .hasMessageContaining("resultBackend(\"redis://");
        }
    }

    @Test
    void whatIsSentInATransactionGoesOutWithItsCommitOrNever() throws IOException {
        var transaction = new ArrayList<AfterCommit.Send>();
        try (var client = TaskClient.builder(node.amqpUri())
                        .queue("transacted")
                        .transactions(transaction::add)
                        .connect();
                var connection = connection()) {
            var sent = client.send("t.any", 1);
            var group = client.send(Group.of(List.of(TaskRequest.of("t.any"), TaskRequest.of("t.any"))));
            var later = client.sendAsync(TaskRequest.of("t.any"));
            var dropped = client.send("t.any", 2);
            assertThat(transaction).hasSize(4);
            assertThat(later).isNotDone();
            assertThatThrownBy(() -> sent.get(SOON)).hasMessageContaining("goes out after the commit");
            assertThatThrownBy(() -> group.get(SOON)).hasMessageContaining("goes out after the commit");

            for (var send : transaction.subList(0, 3)) {
                assertThat(send.send()).succeedsWithin(SOON);
            }
            assertThat(later).succeedsWithin(SOON);
            await().atMost(SOON).until(() -> ready(connection, "transacted") == 4);
            transaction.get(3).drop();
            assertThatThrownBy(() -> dropped.get(SOON)).hasMessageContaining("was rolled back");
            assertThat(sent.isReady()).isFalse();
            assertThat(sent.await(Duration.ZERO)).as("one may wait for it now").isFalse();
            assertThat(group.members()).noneMatch(TaskHandle::isReady);
        }
    }

    @Test
    void aTransactionMayKeepTheMessagesItself() throws IOException {
        var kept = new ArrayList<Parcel>();
        var committed = new CompletableFuture<@Nullable Void>();
        AfterCommit keeping = send -> {
            assertThat(send.send((parcel, patience) -> {
                        kept.add(parcel);
                        return committed;
                    }))
                    .isNotDone();
            return true;
        };
        try (var client = TaskClient.builder(node.amqpUri())
                        .queue("kept")
                        .transactions(keeping)
                        .connect();
                var connection = connection()) {
            var later = client.sendAsync(TaskRequest.of("t.any"));
            var group = client.send(Group.of(List.of(TaskRequest.of("t.any"), TaskRequest.of("t.any"))));
            var sent = client.send("t.any");

            assertThatThrownBy(() -> sent.await(SOON)).hasMessageContaining("goes out after the commit");
            assertThatThrownBy(() -> group.get(SOON)).hasMessageContaining("goes out after the commit");
            assertThat(kept).extracting(Parcel::route).containsExactly(toKept(), toKept(), toKept(), toKept());
            assertThat(later).isNotDone();
            committed.complete(null);
            assertThat(later).succeedsWithin(SOON);
            assertThat(sent.await(Duration.ZERO)).as("one may wait for it now").isFalse();
            assertThat(Queues.exists(connection, "kept")).isFalse();
        }
    }

    private static Route toKept() {
        return Route.toQueue("kept");
    }

    @Test
    void aTransactionThatTakesNoSendIsTheSendersFailure() {
        AfterCommit refusing = send -> {
            throw new IllegalStateException("read-only");
        };
        try (var client =
                TaskClient.builder(node.amqpUri()).transactions(refusing).connect()) {
            assertThatThrownBy(() -> client.send("t.any")).hasMessage("read-only");
        }
    }

    @Test
    void aMessageThatNoQueueTakesIsAnError() throws IOException {
        try (var client = client("vanishing");
                var connection = connection()) {
            client.send("t.any");
            delete(connection, "vanishing");

            assertThatThrownBy(() -> client.send("t.any"))
                    .isInstanceOf(UnroutableException.class)
                    .hasMessageContaining("'vanishing'");
        }
    }

    @Test
    void aQueueThatIsFullAndSaysSoIsAnError() throws Exception {
        try (var client = client("full");
                var connection = connection();
                var channel = connection.createChannel()) {
            channel.queueDeclare("full", true, false, false, Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
            client.send("t.any");

            assertThatThrownBy(() -> client.send("t.any"))
                    .isInstanceOf(PublishNotConfirmedException.class)
                    .hasMessageContaining("'full'");
            assertThat(ready(connection, "full")).isEqualTo(1);
        }
    }

    @Test
    void manyThreadsShareOneClientAndOneConnection() throws Exception {
        try (var client = client("crowded");
                var connection = connection()) {
            var sent = new ArrayList<CompletableFuture<Void>>();
            IntStream.range(0, 1_000)
                    .forEach(i -> sent.add(
                            CompletableFuture.runAsync(() -> client.send("t.any", i), Continuations.OWN_THREAD)));
            CompletableFuture.allOf(sent.toArray(CompletableFuture[]::new)).get();

            assertThat(ready(connection, "crowded")).isEqualTo(1_000);
        }
    }

    @Test
    void afterItsConnectionWasClosedItSendsAgain() throws IOException {
        try (var client = client("reconnected")) {
            client.send("t.any");
            node.shell().closeConnections();

            await().atMost(SOON)
                    .ignoreExceptionsInstanceOf(PublishException.class)
                    .until(() -> client.send("t.any") != null);
        }
    }

    @Test
    void whileTheBrokerIsOutOfMemoryASendFailsAndSaysSo() throws IOException {
        try (var client = TaskClient.builder(node.amqpUri())
                .queue("blocked")
                .publishTimeout(Duration.ofSeconds(2))
                .connect()) {
            // which is little for a new queue on a busy machine
            await().atMost(SOON)
                    .ignoreExceptionsInstanceOf(PublishException.class)
                    .until(() -> client.send("t.any") != null);
            node.shell().limitMemory(0.0001);
            try {
                // The alarm reaches a connection with its next publish, once the broker has told it.
                await().atMost(SOON)
                        .untilAsserted(() -> assertThatThrownBy(() -> client.send("t.any"))
                                .isInstanceOf(PublishNotConfirmedException.class)
                                .hasMessageContaining("'blocked'"));
            } finally {
                node.shell().limitMemory(0.6);
            }
            await().atMost(SOON)
                    .ignoreExceptionsInstanceOf(PublishException.class)
                    .until(() -> client.send("t.any") != null);
        }
    }

    @Test
    void aClosedClientFailsWhatItStillWaitsFor() {
        TaskHandle<?> handle;
        try (var client = client("closed")) {
            handle = client.send("t.any");
        }

        assertThatThrownBy(() -> handle.get(SOON)).hasMessageContaining("closed before the result came");
    }

    @Test
    void aBrokerThatIsNotThereIsNamed() {
        assertThatThrownBy(() -> TaskClient.connect("amqp://app:hunter2@127.0.0.1:1"))
                .hasMessageContaining("127.0.0.1:1")
                .hasMessageNotContaining("hunter2");
    }

    private TaskClient client(String queue) {
        return TaskClient.builder(node.amqpUri()).queue(queue).connect();
    }

    private Connection connection() throws IOException {
        return BrokerConnections.open(BrokerOptions.of(node.amqpUri()));
    }

    private static int ready(Connection connection, String queue) throws IOException {
        var channel = connection.createChannel();
        try {
            return channel.queueDeclarePassive(queue).getMessageCount();
        } finally {
            channel.abort();
        }
    }

    private static void delete(Connection connection, String queue) throws IOException {
        var channel = connection.createChannel();
        channel.queueDelete(queue);
        channel.abort();
    }
}
