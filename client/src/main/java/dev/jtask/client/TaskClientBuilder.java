package dev.jtask.client;

import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/// Options of a [TaskClient].
public final class TaskClientBuilder {

    static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(10);

    BrokerOptions broker;
    String queue = "celery";
    Duration publishTimeout = PUBLISH_TIMEOUT;

    TaskClientBuilder(BrokerOptions broker) {
        this.broker = broker.named("jtask-client");
    }

    /// Where tasks go that name no queue; `celery` by default, as in Celery.
    public TaskClientBuilder queue(String name) {
        queue = name;
        return this;
    }

    /// How long a send waits for the broker's confirm; 10 s by default.
    public TaskClientBuilder publishTimeout(Duration timeout) {
        publishTimeout = timeout;
        return this;
    }

    /// Shown in RabbitMQ's management pages; `jtask-client` by default.
    public TaskClientBuilder connectionName(String name) {
        broker = broker.named(name);
        return this;
    }

    /// PEM files for `amqps://`: authorities to trust, client certificate, its PKCS #8 key; each may be null.
    public TaskClientBuilder tls(@Nullable Path ca, @Nullable Path certificate, @Nullable Path key) {
        broker = broker.withTls(ca, certificate, key);
        return this;
    }

    public TaskClient connect() {
        return TaskClient.connect(this);
    }
}
