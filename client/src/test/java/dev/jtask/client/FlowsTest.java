package dev.jtask.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.jtask.backend.FakeStore;
import dev.jtask.broker.Patience;
import dev.jtask.client.control.Broadcast;
import dev.jtask.client.control.Workers;
import dev.jtask.client.events.EventSource;
import dev.jtask.client.events.Events;
import dev.jtask.client.result.Handling;
import dev.jtask.client.result.Replies;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.PublishRetry;
import dev.jtask.task.request.TaskRequest;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What the options of a flow's tasks mean for the client that sends it.
@SuppressWarnings("NullAway.Init")
class FlowsTest {

    private static final TaskRequest<JsonNode> ADD = TaskRequest.of("t.add", 1, 2);
    private static final TaskRequest<JsonNode> AUDIT = TaskRequest.of("t.audit").ignoringResult();
    private static final TaskRequest<JsonNode> PRINT = TaskRequest.of("t.print").publishRetry(PublishRetry.NONE);
    private static final String NOTHING_COMES = "was sent without a reply";

    private final List<Integer> retries = new ArrayList<>();
    private TaskClient client;

    @BeforeEach
    void open() throws IOException {
        var workers = new Workers(new Nobody());
        var ports = new ClientPorts(
                (parcel, patience) -> {
                    retries.add(patience.losses());
                    return CompletableFuture.completedFuture(null);
                },
                Replies.from(
                        new FakeStore().opened(), new Handling(workers, CompletableFuture::new, Clock.systemUTC())),
                workers,
                new Events(EventSource.none("there are none")),
                queue -> {
                    throw new IOException("nothing lies here");
                },
                (place, value) -> true,
                Clock.systemUTC(),
                "here",
                new ClientPorts.End() {
                    @Override
                    public void sending() {}

                    @Override
                    public void connections() {}
                });
        client = ports.client("flows");
    }

    @Test
    void whoseResultIsIgnoredIsNotWaitedFor() {
        assertThatThrownBy(() -> client.send(Chain.of(ADD).then(AUDIT)).get(Duration.ZERO))
                .hasMessageContaining(NOTHING_COMES);
        assertThatThrownBy(() -> client.send(Group.of(ADD, ADD).then(AUDIT)).get(Duration.ZERO))
                .hasMessageContaining(NOTHING_COMES);
        assertThatThrownBy(() -> client.send(
                                Chain.of(Group.of(ADD)).then(Chain.of(ADD).then(AUDIT)))
                        .get(Duration.ZERO))
                .hasMessageContaining(NOTHING_COMES);
        assertThatThrownBy(() -> client.send(Chain.of(TaskRequest.of("t.kept").withoutReply()))
                        .get(Duration.ZERO))
                .hasMessageContaining(NOTHING_COMES);
    }

    @Test
    void ofAGroupTheOthersAre() {
        var group = client.send(Group.of(ADD, AUDIT, Chain.of(AUDIT).then(ADD)));

        assertThat(group.members()).extracting(member -> member.isReady()).containsExactly(false, false, false);
        assertThat(group.completed()).isZero();
        assertThatThrownBy(() -> group.members().get(1).get(Duration.ZERO)).hasMessageContaining(NOTHING_COMES);
    }

    @Test
    void whatMustNotBePrintedTwiceIsPublishedOnce() {
        client.send(Group.of(PRINT, ADD));
        assertThat(retries).containsExactly(0, 0);

        retries.clear();
        client.send(Chain.of(PRINT).then(ADD));
        client.send(Group.of(Chain.of(PRINT).then(ADD)).then(ADD));
        assertThat(retries).containsExactly(0, 0);
    }

    @Test
    void whatAWorkerSendsLaterSaysNothingOfTheFirstSteps() {
        client.send(Chain.of(ADD).then(PRINT));
        client.send(Group.of(ADD).then(PRINT));

        assertThat(retries).containsExactly(Patience.FOREVER, Patience.FOREVER);
    }

    private static final class Nobody implements Broadcast {

        @Override
        public void tell(String method, ObjectNode arguments, List<String> nodes) {}

        @Override
        public Map<String, JsonNode> ask(String method, ObjectNode arguments, List<String> nodes, Duration timeout) {
            return Map.of();
        }
    }
}
