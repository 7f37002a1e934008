package dev.jtask.test;

import dev.jtask.client.DeadLetter;
import dev.jtask.client.DeadLetterQueue;
import dev.jtask.client.TaskClient;
import dev.jtask.schedule.Schedule;
import dev.jtask.test.memory.Equipment;
import dev.jtask.worker.registry.Lambda;
import dev.jtask.worker.registry.TaskClasses;
import dev.jtask.worker.registry.TaskDefinition;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.opentest4j.AssertionFailedError;

/// One test's hold on its worker: what the worker has, when time passes, and what came of it all.
///
/// Nothing runs by itself: tasks run when the test lets time pass, if only none ([#runDue()]), and while it waits for a
/// result. On a real broker everything runs by itself, and these methods wait for it.
public final class JTask {

    private final World world;
    private final Given given;
    private final Ledger ledger;
    private final Supplier<Set<String>> queues;

    /// @param queues that the worker consumes
    JTask(World world, Given given, Ledger ledger, Supplier<Set<String>> queues) {
        this.world = world;
        this.given = given;
        this.ledger = ledger;
        this.queues = queues;
    }

    /// The client that is also a test's parameter.
    public TaskClient client() {
        return world.client();
    }

    /// Adds the annotated methods of an object, which may be a mock.
    ///
    /// @throws IllegalArgumentException saying why they cannot be tasks
    public JTask tasks(Object bean) {
        given.add(TaskClasses.of(bean));
        return this;
    }

    /// Adds a lambda with one parameter, for example in place of a task that another program has.
    public <A> JTask task(String name, Class<A> first, Lambda.One<A> code) {
        return task(Lambda.task(name, first, code));
    }

    /// Adds a lambda with two parameters.
    public <A, B> JTask task(String name, Class<A> first, Class<B> second, Lambda.Two<A, B> code) {
        return task(Lambda.task(name, first, second, code));
    }

    /// Adds a task that was defined by hand.
    public JTask task(TaskDefinition definition) {
        given.add(List.of(definition));
        return this;
    }

    /// Sends tasks by the clock from now on.
    public JTask schedule(Schedule schedule) {
        given.add(schedule);
        return this;
    }

    /// Lets an exchange route this key to the queue, as a broker's operator would declare it.
    public JTask bind(String exchange, String routingKey, String queue) {
        given.add(new Equipment.Binding(exchange, routingKey, queue));
        return this;
    }

    /// The worker's time.
    public Instant now() {
        return world.now();
    }

    /// Lets so much time pass: retries, delays, schedules and expiry that fall into it happen in their order, and when
    /// this returns all that is due by then has ended. On a real broker this waits, half a minute at most.
    ///
    /// @throws AssertionError when a task does not end
    public JTask advance(Duration by) {
        if (by.isNegative()) {
            throw new IllegalArgumentException("time does not go back: " + by);
        }
        world.advance(by);
        return this;
    }

    /// Runs what is due now, and all that follows of it at once.
    public JTask runDue() {
        return advance(Duration.ZERO);
    }

    /// All that was sent, by whomever, in its order.
    public List<SentTask> sent() {
        return ledger.sent();
    }

    /// What was sent under this name.
    public List<SentTask> sent(String task) {
        return sent().stream().filter(sent -> sent.task().equals(task)).toList();
    }

    /// All runs of tasks in the order in which they ended. One that only waited for its time, or for its turn, has not
    /// run.
    public List<TaskRun> runs() {
        world.calm();
        return ledger.runs();
    }

    /// The runs of the task of this name.
    public List<TaskRun> runs(String task) {
        return runs().stream().filter(run -> run.task().equals(task)).toList();
    }

    /// What was sent and has not ended.
    public List<WaitingTask> waiting() {
        world.calm();
        return ledger.waiting();
    }

    /// What no worker could run, of all queues.
    public List<DeadLetter> deadLetters() {
        return letters(TaskClient::deadLetters);
    }

    /// Tasks that have failed for good and were kept, of all queues.
    public List<DeadLetter> failedTasks() {
        return letters(TaskClient::failedTasks);
    }

    /// Fails unless a task of this name was sent; goes on to look at it closer.
    public SentTasks assertSent(String task) {
        return SentTasks.of(task, sent());
    }

    /// Fails when a task of this name was sent.
    public void assertNotSent(String task) {
        var sent = sent(task);
        if (!sent.isEmpty()) {
            throw new AssertionFailedError(
                    "expected no task '%s' to be sent. %s".formatted(task, SentTasks.told(sent)));
        }
    }

    /// Fails when anything was sent.
    public void assertNothingSent() {
        var sent = sent();
        if (!sent.isEmpty()) {
            throw new AssertionFailedError("expected nothing to be sent. %s".formatted(SentTasks.told(sent)));
        }
    }

    /// Fails unless a task of this name has run; goes on to look at its runs closer.
    public TaskRuns assertRun(String task) {
        return TaskRuns.of(task, runs());
    }

    /// Fails unless a task of this name is among the dead letters.
    ///
    /// @return the first
    public DeadLetter assertDeadLetter(String task) {
        var letters = deadLetters();
        return letters.stream()
                .filter(letter -> letter.task().equals(task))
                .findFirst()
                .orElseThrow(() -> new AssertionFailedError("expected a dead letter of task '%s'. There are %s"
                        .formatted(
                                task,
                                letters.isEmpty()
                                        ? "none"
                                        : letters.stream()
                                                .map(letter -> "\n  %s: %s".formatted(letter.task(), letter.reason()))
                                                .collect(Collectors.joining()))));
    }

    private List<DeadLetter> letters(BiFunction<TaskClient, String, DeadLetterQueue> which) {
        world.calm();
        var letters = new ArrayList<DeadLetter>();
        var looked = new LinkedHashSet<>(queues.get());
        ledger.runs().forEach(run -> looked.add(run.queue()));
        looked.forEach(queue -> letters.addAll(all(which.apply(world.client(), queue))));
        return letters;
    }

    /// None where there is no such queue: it is made with its first letter.
    private static List<DeadLetter> all(DeadLetterQueue queue) {
        try {
            return queue.list();
        } catch (UncheckedIOException e) {
            return List.of();
        }
    }
}
