package dev.jtask.quarkus;

import dev.jtask.seal.Signatures;
import io.quarkus.runtime.annotations.ConfigGroup;
import io.quarkus.runtime.annotations.ConfigPhase;
import io.quarkus.runtime.annotations.ConfigRoot;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithParentName;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/// What an application says of jtask, in the words of the Spring Boot starter.
@ConfigMapping(prefix = "jtask")
@ConfigRoot(phase = ConfigPhase.RUN_TIME)
public interface JtaskConfig {

    /// Where broker and results are.
    @WithParentName
    Servers servers();

    /// How tasks are sent.
    @WithParentName
    Sending sending();

    /// PEM files for amqps:// and rediss://.
    Tls tls();

    /// The worker inside this application.
    Worker worker();

    /// Where broker and results are.
    @ConfigGroup
    interface Servers {

        /// RabbitMQ, amqp:// or amqps://user:password@host:port/vhost.
        @WithDefault("amqp://guest:guest@localhost:5672/")
        String brokerUri();

        /// Where results are: rpc://, or redis://host:6379/0 with dev.jtask:jtask-redis.
        @WithDefault("rpc://")
        String resultBackend();

        /// Shown in RabbitMQ's management pages; the application's name by default.
        Optional<String> connectionName();

        /// A JWK set by which tasks and results are encrypted and signed; needs dev.jtask:jtask-jose.
        Optional<Path> keysFile();
    }

    /// How tasks are sent.
    @ConfigGroup
    interface Sending {

        /// Where tasks go that name no queue.
        @WithDefault("celery")
        String queue();

        /// How long a send waits for the broker's confirm.
        @WithDefault("10s")
        Duration publishTimeout();

        /// Whether what is sent within a transaction goes out after its commit.
        @WithDefault("true")
        boolean sendAfterCommit();

        /// Whether Celery's event receivers, such as Flower, are told of each task that is sent.
        @WithDefault("false")
        boolean sentEvents();
    }

    /// PEM files.
    @ConfigGroup
    interface Tls {

        /// Authorities to trust instead of the JVM's.
        Optional<Path> ca();

        /// Client certificate, for mutual TLS.
        Optional<Path> certificate();

        /// Its private key.
        Optional<Path> key();
    }

    /// The worker inside this application.
    @ConfigGroup
    interface Worker {

        /// Whether this application runs tasks; needs dev.jtask:jtask-worker and Java 25.
        @WithDefault("false")
        boolean enabled();

        /// How long running tasks may finish when the application stops.
        @WithDefault("25s")
        Duration drainTimeout();

        /// What it takes in.
        @WithParentName
        Intake intake();

        /// What it lets others do and see.
        @WithParentName
        Guard guard();
    }

    /// What follows a worker's tasks.
    @ConfigGroup
    interface Following {

        /// Queues of the tasks that tasks of this application send, such as p.*=py,*.mail=mail.
        Optional<String> routes();

        /// Queues whose tasks are kept when they have failed for good, such as orders,mail.*.
        Optional<List<String>> keepFailed();
    }

    /// What a worker takes in.
    @ConfigGroup
    interface Intake {

        /// Consumed in this order of preference; jtask.queue by default.
        Optional<List<String>> queues();

        /// Tasks that run at once; as many as there are processors by default.
        OptionalInt concurrency();

        /// Unique among all workers of the broker; made of the process's number by default.
        Optional<String> nodeName();

        /// What follows its tasks.
        @WithParentName
        Following following();
    }

    /// What a worker lets others do and see.
    @ConfigGroup
    interface Guard {

        /// What becomes of tasks without a good signature by jtask.keys-file: require, warn or off.
        @WithDefault("off")
        Signatures signatures();

        /// How long after it was signed, or was due, a task may start.
        @WithDefault("24h")
        Duration signaturesMaxAge();

        /// What Celery's remote control may do with this worker, such as shut it down: full, inspect (questions only)
        /// or off.
        @WithDefault("full")
        RemoteControl remoteControl();

        /// A regular expression for names of arguments whose values neither logs, events, traces nor dead letters show;
        /// by default the words that secrets usually have in their names, and off for none.
        Optional<String> redact();
    }

    /// What Celery's remote control may do with a worker.
    enum RemoteControl {
        /// Everything that Celery's workers do.
        FULL,
        /// Questions only.
        INSPECT,
        /// Nothing.
        OFF
    }
}
