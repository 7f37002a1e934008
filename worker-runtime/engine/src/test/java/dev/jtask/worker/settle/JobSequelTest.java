package dev.jtask.worker.settle;

import static dev.jtask.worker.settle.Effects.before;
import static dev.jtask.worker.settle.Effects.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.protocol.result.RemoteError;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.run.Outcome;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/// What a step wanted to follow of a job, as the joined chord of `celery.chord_unlock`.
class JobSequelTest {

    /// What a step joined, or the news that it cannot be sent.
    private record Joint(String news) implements Outcome.Sequel {

        @Override
        public Outcome.Sequel unsent(String id, RemoteError why) {
            return new Joint(why.display());
        }
    }

    private final Scene scene = new Scene();

    @Test
    void thoseWhoWaitForItAreToldWhenTheBrokerDoesNotTakeIt() {
        follow();
        scene.sender.answer(parcel -> parcel.route().routingKey().equals("body")
                ? RecordingSender.failed(BrokerFailures.refused("too large"))
                : RecordingSender.confirmed());

        scene.ends(new Outcome.Done(NullNode.instance, Outcome.Telling.NOTHING, new Joint("")));

        assertThat(scene.lines())
                .containsExactly("send body", "tell body FAILURE", "send q.dead", "ack", "ended succeeded");
    }

    @Test
    void aResultThatIsRefusedIsNoNewsOfWhatWasSent() {
        follow();
        scene.backend.answer(result -> result.status().equals("SUCCESS")
                ? CompletableFuture.failedFuture(BrokerFailures.refused("too large"))
                : CompletableFuture.completedFuture(null));

        scene.ends(new Outcome.Done(NullNode.instance, Outcome.Telling.RESULT, new Joint("")));

        assertThat(scene.lines()).contains("send body", "tell a SUCCESS").doesNotContain("tell body FAILURE");
    }

    private void follow() {
        scene.canvas.follow(outcome ->
                outcome instanceof Outcome.Done(var _, var _, Joint(var news)) && news.contains("too large")
                        ? before(Effects.failure("body"))
                        : outcome instanceof Outcome.Done ? before(send("body")) : before());
    }
}
