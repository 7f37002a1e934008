package dev.jtask.operator.management;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.jtask.autoscaler.QueueSample;
import dev.jtask.operator.leadership.NotLeadingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LedApiTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final QueueDeclaration QUEUE = new QueueDeclaration("q", Map.of(), QueueDeclaration.Binding.NONE);

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final AtomicBoolean leads = new AtomicBoolean(true);
    private final AtomicBoolean fails = new AtomicBoolean();
    private final Semaphore turns = new Semaphore(1, true);
    private final LedApi api = new LedApi(new Broker(), leads::get, turns);

    static Stream<Arguments> writes() {
        return Stream.of(
                call("declare", api -> api.declare(QUEUE)),
                call("bind", api -> api.bind("q")),
                call("delete", api -> api.deleteIfUnused("q")));
    }

    static Stream<Arguments> calls() {
        return Stream.concat(writes(), Stream.of(call("read", api -> api.read(Set.of("q")))));
    }

    private static Arguments call(String name, Consumer<ManagementApi> call) {
        return Arguments.of(name, call);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whoLeadsAsks(String name, Consumer<ManagementApi> call) {
        call.accept(api);

        assertThat(asked).containsExactly(name);
        assertThat(turns.availablePermits()).isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("calls")
    void whoLeadsNoMoreAsksNothing(String name, Consumer<ManagementApi> call) {
        leads.set(false);

        assertThatExceptionOfType(NotLeadingException.class).as(name).isThrownBy(() -> call.accept(api));

        assertThat(asked).isEmpty();
        assertThat(turns.availablePermits()).isEqualTo(1);
    }

    /// The lease may be gone since the call began to wait.
    @ParameterizedTest
    @MethodSource("writes")
    void aCallThatWaitedForItsTurnWhileTheLeaseWasLostNeverReachesTheBroker(String name, Consumer<ManagementApi> call) {
        turns.acquireUninterruptibly();
        var waiting = CompletableFuture.runAsync(
                () -> call.accept(api), task -> Thread.ofVirtual().start(task));
        await(name + " waits for its turn").atMost(PATIENCE).until(turns::hasQueuedThreads);

        leads.set(false);
        turns.release();

        assertThat(waiting).failsWithin(PATIENCE).withThrowableThat().withCauseInstanceOf(NotLeadingException.class);
        assertThat(asked).isEmpty();
        assertThat(turns.availablePermits()).as("the next one's turn").isEqualTo(1);
    }

    @ParameterizedTest
    @MethodSource("writes")
    void aWriteThatFailsGivesItsTurnBack(String name, Consumer<ManagementApi> call) {
        fails.set(true);

        for (int tries = 1; tries <= 3; tries++) {
            assertThatThrownBy(() -> call.accept(api)).as(name).hasMessage("no answer");
            assertThat(asked).hasSize(tries);
            assertThat(turns.availablePermits()).isEqualTo(1);
        }
    }

    @Test
    void aLookWaitsForNoWrite() {
        turns.acquireUninterruptibly();

        assertThat(CompletableFuture.supplyAsync(
                        () -> api.read(Set.of("q")), task -> Thread.ofVirtual().start(task)))
                .succeedsWithin(PATIENCE);
    }

    private final class Broker implements ManagementApi {

        @Override
        public Map<String, QueueSample> read(Set<String> names) {
            ask("read");
            return Map.of();
        }

        @Override
        public void declare(QueueDeclaration declaration) {
            ask("declare");
        }

        @Override
        public void bind(String queue) {
            ask("bind");
        }

        @Override
        public QueueDeletion deleteIfUnused(String queue) {
            ask("delete");
            return QueueDeletion.DONE;
        }

        private void ask(String what) {
            asked.add(what);
            if (fails.get()) {
                throw new ManagementException(ManagementException.Fault.UNREACHABLE, "no answer");
            }
        }
    }
}
