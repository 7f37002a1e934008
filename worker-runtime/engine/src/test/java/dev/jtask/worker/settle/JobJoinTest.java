package dev.jtask.worker.settle;

import static dev.jtask.worker.settle.Effects.after;
import static dev.jtask.worker.settle.Effects.count;
import static dev.jtask.worker.settle.Effects.send;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import dev.jtask.backend.Joined;
import dev.jtask.broker.BrokerFailures;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.run.Outcome;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What becomes of a job that completes a chord which comes to nothing.
class JobJoinTest {

    private final Scene scene = new Scene();

    @Test
    void aBodyThatIsRefusedAndWhoseNewsCannotBeReadIsADeadLetter() {
        scene.canvas.follow(outcome -> after(count("mine", "SUCCESS"), send("last")));
        scene.chords.join(part -> Optional.of(new Joined.Results(JsonNodeFactory.instance.arrayNode())));
        scene.canvas.join(joined -> switch (joined) {
            case Joined.Results _ -> List.of(send("body"), new Effect.Forget("mine"));
            case Joined.Failed _ -> throw new IllegalStateException("no chain");
        });
        scene.sender.answer(parcel -> parcel.route().routingKey().equals("body")
                ? RecordingSender.failed(BrokerFailures.refused("too large"))
                : RecordingSender.confirmed());

        scene.ends(new Outcome.Done(NullNode.instance));

        assertThat(scene.lines())
                .containsExactly(
                        "tell a SUCCESS",
                        "count mine SUCCESS",
                        "send body",
                        "forget mine",
                        "send last",
                        "send q.dead",
                        "ack",
                        "ended succeeded");
    }
}
