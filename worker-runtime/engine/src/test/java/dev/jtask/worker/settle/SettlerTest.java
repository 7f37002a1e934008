package dev.jtask.worker.settle;

import static dev.jtask.worker.settle.Effects.DONE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.backend.StoreUnavailableException;
import dev.jtask.protocol.message.DecodeResult.Malformed;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Outcome;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SettlerTest {

    private final Scene scene = new Scene();

    @Test
    void carriesTheEndingOfAJobOut() {
        scene.ends(DONE);

        assertThat(scene.lines()).containsExactly("tell a SUCCESS", "ack", "ended succeeded");
    }

    @Test
    void carriesTheEndingOfAMessageThatIsNoTaskOut() {
        var delivery = Given.delivery(Given.wire(Given.message("a")), scene.receipt);

        scene.settler.malformed(delivery, new Malformed("no body", "a", null, "replies", null), 0);

        assertThat(scene.lines()).containsExactly("send q.dead", "tell a FAILURE", "ack", "malformed of q");
        assertThat(scene.listener.ended()).isEmpty();
    }

    @Test
    void carriesSeveralOutAtATime() {
        var first = new CompletableFuture<Void>();
        scene.backend.answer(result -> result.taskId().equals("a") ? first : CompletableFuture.completedFuture(null));
        var other = new FakeReceipt();

        scene.ends(DONE);
        scene.settler.ended(Given.job(Given.message("b"), other), DONE);

        assertThat(other.settled()).containsExactly(new Disposition.Ack());
        assertThat(scene.receipt.settled()).isEmpty();
        assertThat(scene.settler.unsettled().count()).isEqualTo(1);
        first.complete(null);
        assertThat(scene.receipt.settled()).containsExactly(new Disposition.Ack());
        assertThat(scene.settler.unsettled().count()).isZero();
    }

    @Test
    void tellsWhatAJobSentAndWhatItsTaskWantedToldOnly() {
        var job = scene.job(Given.message("a").toBuilder().ignoreResult(true).build());

        scene.settler.ended(job, Outcome.Refused.unfit("Boom", "why\nnot"));

        assertThat(scene.lines()).containsExactly("send q.dead", "ack", "ended rejected");
    }

    @Test
    void doesNotWaitItselfWhileTheStoreIsAway() {
        scene.backend.answer(result -> CompletableFuture.failedFuture(new StoreUnavailableException("away", null)));

        scene.ends(DONE);

        assertThat(scene.timer.waiting())
                .as("the caller is free, and the timer has it")
                .singleElement()
                .satisfies(pause -> assertThat(pause).isLessThan(Duration.ofSeconds(1)));
        assertThat(scene.settler.unsettled().count()).isEqualTo(1);
    }
}
