package dev.jtask.worker.heart;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.IntNode;
import dev.jtask.broker.AfterCommit;
import dev.jtask.protocol.result.ResultCodec;
import dev.jtask.protocol.result.TaskState;
import dev.jtask.seal.Seal;
import dev.jtask.worker.fakes.FakePermits;
import dev.jtask.worker.fakes.FakeReceipt;
import dev.jtask.worker.fakes.FakeSignals;
import dev.jtask.worker.fakes.Given;
import dev.jtask.worker.fakes.HandTimer;
import dev.jtask.worker.fakes.Journal;
import dev.jtask.worker.fakes.RecordingListener;
import dev.jtask.worker.fakes.RecordingMisses;
import dev.jtask.worker.fakes.RecordingSender;
import dev.jtask.worker.fakes.RecordingTracing;
import dev.jtask.worker.fakes.SettableClock;
import dev.jtask.worker.options.Results;
import dev.jtask.worker.registry.KeptQueues;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskDefinition;
import dev.jtask.worker.registry.TaskRegistry;
import dev.jtask.worker.run.Discretion;
import dev.jtask.worker.run.Disposition;
import dev.jtask.worker.run.Interceptor;
import dev.jtask.worker.run.Slots;
import dev.jtask.worker.run.TimeLimiter;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class HeartTest {

    private final SettableClock clock = new SettableClock();
    private final HandTimer timer = new HandTimer();
    private final RecordingSender sender = new RecordingSender();
    private final RecordingListener listener = new RecordingListener();
    private final List<Interceptor> interceptors = new ArrayList<>();
    private final RecordingTracing tracing = new RecordingTracing(RecordingTracing.Breaks.NEVER);
    private final FakeReceipt receipt = new FakeReceipt();

    @Test
    void takesADeliveryToItsSettlementWithoutAConnection() throws IOException, InterruptedException {
        run(TaskDefinition.of(Given.TASK, (args, kwargs, context) -> 42));

        assertThat(sender.destinations()).containsExactly("replies");
        var result = ResultCodec.decode(sender.last().parcel().message());
        assertThat(result.status()).isEqualTo(TaskState.SUCCESS);
        assertThat(result.result()).isEqualTo(IntNode.valueOf(42));
        assertThat(receipt.settled()).containsExactly(new Disposition.Ack());
        assertThat(listener.ended())
                .singleElement()
                .satisfies(ended -> assertThat(ended.outcome().word()).isEqualTo("succeeded"));
    }

    @Test
    void hasTheTasksThatCeleryItselfHas() {
        var registry = heart(Given.DEFINITION).registry();

        assertThat(registry.names()).contains(Given.TASK, "celery.map", "celery.chord_unlock");
    }

    @Test
    void runsInterceptorsInsideItsOwnSteps() throws InterruptedException {
        var seen = new ArrayList<String>();
        interceptors.add((job, next) -> {
            seen.add("%s runs: %s".formatted(job.message().id(), job.cause()));
            return next.proceed(job);
        });

        var heart = heart(Given.DEFINITION);
        heart.revocations().add(List.of("revoked"));
        run(heart, "revoked");
        run(heart, "wanted");

        assertThat(seen).containsExactly("wanted runs: null");
    }

    @Test
    void tellsOfARunUntilAllThatFollowsIsSent() throws InterruptedException {
        run(Given.DEFINITION);

        assertThat(tracing.told()).containsExactly("a begins", "a opens", "a closes", "a succeeded", "a settled");
    }

    private void run(TaskDefinition task) throws InterruptedException {
        run(heart(task), "a");
    }

    private void run(Heart heart, String id) throws InterruptedException {
        var slot = requireNonNull(new Slots(1).take(0, TimeUnit.SECONDS));
        heart.runner().run(Given.delivery(Given.wire(Given.message(id)), receipt), slot);
    }

    private Heart heart(TaskDefinition task) {
        return new Heart(new Needs(
                new TaskRegistry(List.of(task)),
                new Routes(List.of()),
                KeptQueues.NONE,
                "jtask@here",
                new Results.Rpc(),
                null,
                sender,
                AfterCommit.NONE,
                listener,
                new RecordingMisses(new Journal()),
                tracing,
                interceptors,
                timer,
                new TimeLimiter(timer),
                new FakePermits(),
                new FakeSignals(),
                () -> 0L,
                Seal.NONE,
                Discretion.USUAL,
                clock));
    }
}
