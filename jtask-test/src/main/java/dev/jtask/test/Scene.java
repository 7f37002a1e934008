package dev.jtask.test;

import static dev.jtask.test.JTaskTest.Results.KEPT;

import dev.jtask.task.Durations;
import dev.jtask.test.memory.Agenda;
import dev.jtask.test.memory.Equipment;
import dev.jtask.test.memory.MemorySystem;
import dev.jtask.worker.heart.Watch;
import dev.jtask.worker.options.Results;
import dev.jtask.worker.registry.Routes;
import dev.jtask.worker.registry.TaskClasses;
import java.lang.annotation.Annotation;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.platform.commons.support.AnnotationSupport;

/// All that belongs to one test.
///
/// @param queues that the worker consumes, given what it has
record Scene(
        Beans beans,
        Given given,
        Ledger ledger,
        World world,
        Instant start,
        JTask jtask,
        Function<Equipment, Set<String>> queues)
        implements AutoCloseable {

    static Scene of(ExtensionContext context, Servers servers) {
        var test = find(context, JTaskTest.class)
                .orElseThrow(() -> new IllegalStateException("the class is no longer annotated with @JTaskTest"));
        var beans = new Beans(context.getRequiredTestInstances().getAllInstances());
        var given = new Given(beans::addTo);
        for (var type : test.value()) {
            given.add(TaskClasses.of(Beans.make(type)));
        }
        Function<Equipment, Set<String>> queues = test.queues().length == 0
                ? equipment -> Given.queues(equipment, test.queue())
                : equipment -> new LinkedHashSet<>(Arrays.asList(test.queues()));
        var options = new JTaskScene.Options(test.queue(), routes(test), test.results(), patience(test));
        var start = begin();
        return isOnRabbitMq(context)
                ? real(test, beans, given, queues, start, servers)
                : memory(options, beans, given, queues, start);
    }

    /// A whole number of milliseconds, as times are on the wire.
    static Instant begin() {
        return Instant.now().truncatedTo(ChronoUnit.MILLIS);
    }

    static Scene memory(
            JTaskScene.Options options,
            Beans beans,
            Given given,
            Function<Equipment, Set<String>> queues,
            Instant start) {
        var agenda = new Agenda(start);
        var ledger = new Ledger(agenda);
        var settings = new MemorySystem.Settings(
                options.results() == KEPT ? MemorySystem.Settings.KEPT : new Results.Rpc(),
                options.patience(),
                options.routes(),
                queues::apply,
                given::now);
        var system = new MemorySystem(agenda, settings, new Watch(ledger::before, ledger));
        return scene(beans, given, ledger, new InMemory(agenda, system, options.queue()), start, queues);
    }

    private static Scene real(
            JTaskTest test,
            Beans beans,
            Given given,
            Function<Equipment, Set<String>> queues,
            Instant start,
            Servers servers) {
        var ledger = new Ledger(Clock.systemUTC());
        var options = new OnBroker.Options(
                test.queue(),
                test.routes(),
                queues::apply,
                test.results() == KEPT ? servers.redis().uri() : "rpc://",
                patience(test));
        var world = new OnBroker(new RealBroker(servers.rabbitMq()), given, ledger, options);
        return scene(beans, given, ledger, world, start, queues);
    }

    private static Scene scene(
            Beans beans,
            Given given,
            Ledger ledger,
            World world,
            Instant start,
            Function<Equipment, Set<String>> queues) {
        var jtask = new JTask(world, given, ledger, () -> queues.apply(given.now()));
        return new Scene(beans, given, ledger, world, start, jtask, queues);
    }

    void requireBeans() {
        beans.requireAll();
    }

    Story story() {
        return Story.of(ledger, start, world.now(), queues.apply(given.now()));
    }

    @Override
    public void close() {
        world.close();
    }

    private static Duration patience(JTaskTest test) {
        try {
            return Durations.parse(test.patience());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "@JTaskTest(patience = \"%s\"): %s".formatted(test.patience(), e.getMessage()), e);
        }
    }

    private static Routes routes(JTaskTest test) {
        try {
            return Routes.parse(test.routes());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "@JTaskTest(routes = \"%s\"): %s".formatted(test.routes(), e.getMessage()), e);
        }
    }

    private static boolean isOnRabbitMq(ExtensionContext context) {
        return AnnotationSupport.isAnnotated(context.getTestMethod(), OnRabbitMq.class)
                || find(context, OnRabbitMq.class).isPresent();
    }

    /// On the test's class, or on one around it.
    private static <A extends Annotation> Optional<A> find(ExtensionContext context, Class<A> annotation) {
        Optional<A> found = Optional.empty();
        for (var type = context.getRequiredTestClass();
                found.isEmpty() && type != null;
                type = type.getEnclosingClass()) {
            found = AnnotationSupport.findAnnotation(type, annotation);
        }
        return found;
    }
}
