package dev.jtask.schedule;

import dev.jtask.broker.BrokerOptions;
import dev.jtask.oauth.OAuthLogin;
import dev.jtask.protocol.message.TaskCodec;
import dev.jtask.seal.SealOptions;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// Options of a [Scheduler].
public final class SchedulerBuilder {

    private static final Duration HEARTBEAT = Duration.ofSeconds(10);

    final String name;
    final List<Schedule> schedules = new ArrayList<>();
    BrokerOptions broker;
    String queue = "celery";
    Clock clock = Clock.systemUTC();
    SealOptions seal = SealOptions.NONE;
    Duration heartbeat = HEARTBEAT;

    SchedulerBuilder(BrokerOptions broker, String name) {
        Scheduler.requireName(name);
        this.broker = broker.named("jtask-scheduler " + name);
        this.name = name;
    }

    /// Where tasks go that name no queue; `celery` by default, as in Celery.
    public SchedulerBuilder queue(String defaultQueue) {
        queue = defaultQueue;
        return this;
    }

    /// Adds what is sent by the clock; of this scheduler no other has its name.
    public SchedulerBuilder schedule(Schedule schedule) {
        schedules.add(schedule);
        return this;
    }

    /// Adds all of these; of this scheduler no two have one name.
    public SchedulerBuilder schedules(List<Schedule> more) {
        schedules.addAll(more);
        return this;
    }

    /// PEM files for `amqps://`: authorities to trust, client certificate, its key; each may be null.
    public SchedulerBuilder tls(@Nullable Path ca, @Nullable Path certificate, @Nullable Path key) {
        broker = broker.withTls(ca, certificate, key);
        return this;
    }

    /// Logs in with a token of OAuth 2 instead of the URI's user and password.
    ///
    /// @throws IllegalArgumentException when the broker's URI has a login of its own
    public SchedulerBuilder oauth(OAuthLogin login) {
        broker = broker.withOAuth(login);
        return this;
    }

    /// By which what is sent is encrypted and signed; see [dev.jtask.client.TaskClientBuilder#keys].
    public SchedulerBuilder seal(SealOptions options) {
        seal = options;
        return this;
    }

    SchedulerBuilder clock(Clock other) {
        clock = other;
        return this;
    }

    SchedulerBuilder heartbeat(Duration period) {
        heartbeat = period;
        return this;
    }

    /// Starts the scheduler's thread; an unreachable broker is retried, not thrown.
    ///
    /// @throws IllegalArgumentException when two schedules have one name, or a task could not be sent
    public Scheduler start() {
        check();
        return new Scheduler(this).start();
    }

    /// Of all schedules, before anything is started.
    ///
    /// @throws IllegalArgumentException when two have one name, or a task could not be sent
    public void check() {
        var names = new HashSet<String>();
        for (var schedule : schedules) {
            if (!names.add(schedule.name())) {
                throw new IllegalArgumentException(
                        "scheduler '%s' has two schedules named '%s'; rename one".formatted(name, schedule.name()));
            }
            // better now than every time that it is due
            var now = clock.instant();
            TaskCodec.encode(
                    schedule.task().message(UUID.randomUUID().toString(), now).build(), now);
        }
    }
}
