package dev.jtask.client;

import com.rabbitmq.client.Connection;
import dev.jtask.backend.ResultStores;
import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Outgoing;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.broker.tracing.Tracing;
import dev.jtask.client.result.Replies;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.oauth.OAuthLogin;
import dev.jtask.protocol.Internal;
import dev.jtask.protocol.json.JacksonVersion;
import dev.jtask.protocol.json.Limits;
import dev.jtask.seal.AuthFiles;
import dev.jtask.seal.Seal;
import dev.jtask.seal.SealOptions;
import dev.jtask.tls.TlsFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/// Options of a [TaskClient].
public final class TaskClientBuilder {

    static final Duration PUBLISH_TIMEOUT = Duration.ofSeconds(10);

    /// Where results come from, once there is a connection.
    interface Results {
        Replies open(Connection connection, TaskHandle.Control control, Seal seal) throws IOException;
    }

    BrokerOptions broker;
    private TlsFiles tls = TlsFiles.NONE;
    private String backend = "rpc://";
    Results results = Replies::on;
    String queue = "celery";
    Duration publishTimeout = PUBLISH_TIMEOUT;
    AfterCommit transactions = AfterCommit.NONE;
    TaskTracing tracing = Tracing.openTelemetry();
    UnaryOperator<Outgoing> sending = UnaryOperator.identity();
    SealOptions seal = SealOptions.NONE;
    boolean sentEvents;

    TaskClientBuilder(BrokerOptions broker) {
        this.broker = broker.named("jtask-client");
    }

    /// Where tasks go that name no queue; `celery` by default, as in Celery.
    public TaskClientBuilder queue(String name) {
        queue = name;
        return this;
    }

    /// The workers' result backend: `rpc://` (the default) or `redis://[[user]:password@]host[:port][/database]`, with
    /// TLS `rediss://`. Redis needs the artifact `dev.jtask:jtask-redis`.
    ///
    /// @throws IllegalArgumentException saying what is wrong with it, or what it needs
    public TaskClientBuilder resultBackend(String uri) {
        backend = uri;
        if (uri.equals("rpc") || uri.equals("rpc://")) {
            results = Replies::on;
        } else {
            ResultStores.open(uri).close(); // a wrong URI is told here, not where the client connects
            results = (connection, control, seal) -> Replies.from(ResultStores.open(uri, tls), control, seal.values());
        }
        return this;
    }

    /// How long a send waits for the broker's confirm; 10 s by default.
    ///
    /// @throws IllegalArgumentException unless it is above zero and a hundred years at most
    public TaskClientBuilder publishTimeout(Duration timeout) {
        if (timeout.isNegative() || timeout.isZero() || timeout.compareTo(Limits.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "publishTimeout must be above zero and a hundred years at most, not " + timeout);
        }
        publishTimeout = timeout;
        return this;
    }

    /// Lets what is sent within a transaction go out after its commit; the Spring Boot starter does so by itself.
    public TaskClientBuilder transactions(AfterCommit afterCommit) {
        transactions = afterCommit;
        return this;
    }

    /// Tells Celery's event receivers, such as Flower, of each task that the broker has: `task-sent`, as Celery's
    /// `task_send_sent_event` does. Takes a connection more, and no send waits for it.
    public TaskClientBuilder sentEvents() {
        sentEvents = true;
        return this;
    }

    /// For the container of an application: tells of what is sent, in place of OpenTelemetry.
    @Internal
    public TaskClientBuilder tracing(TaskTracing by) {
        tracing = by;
        return this;
    }

    /// For `jtask-test`: stands before the way out.
    @Internal
    public TaskClientBuilder sending(UnaryOperator<Outgoing> before) {
        sending = before;
        return this;
    }

    /// Shown in RabbitMQ's management pages; `jtask-client` by default.
    public TaskClientBuilder connectionName(String name) {
        broker = broker.named(name);
        return this;
    }

    /// PEM files for `amqps://` and `rediss://`: authorities to trust, client certificate, its key; each may be null.
    /// Where neither URI is one of these, [#connect()] refuses the files.
    public TaskClientBuilder tls(@Nullable Path ca, @Nullable Path certificate, @Nullable Path key) {
        return tls(new TlsFiles(ca, certificate, key));
    }

    /// PEM files for `amqps://` and `rediss://`, with what the user calls them.
    @Internal
    public TaskClientBuilder tls(TlsFiles files) {
        tls = files;
        return this;
    }

    /// Logs in with a token of OAuth 2 instead of the URI's user and password.
    ///
    /// @throws IllegalArgumentException when the broker's URI has a login of its own
    public TaskClientBuilder oauth(OAuthLogin login) {
        broker = broker.withOAuth(login);
        return this;
    }

    /// A file with a JWK set, by whose keys messages are encrypted, with those for encryption, and signed, with
    /// those for signatures; results of encrypted tasks come encrypted and are decrypted. It is read again when
    /// it changes. Needs the artifact `dev.jtask:jtask-jose`, and on the workers `JTASK_KEYS_FILE`.
    public TaskClientBuilder keys(Path file) {
        return seal(seal.withKeys(file));
    }

    /// Lets tasks be signed as Celery's `auth` serializer does it, and reads results of workers that do so.
    public TaskClientBuilder auth(AuthFiles files) {
        return seal(seal.withAuth(files));
    }

    /// By which what is sent is encrypted and signed, and what is read is decrypted; replaces [#keys] and
    /// [#auth] that were set before.
    public TaskClientBuilder seal(SealOptions options) {
        seal = options;
        return this;
    }

    /// Connects to the broker, and to Redis where results come from there.
    ///
    /// @throws java.io.UncheckedIOException naming the broker or the result backend that cannot be reached
    /// @throws IllegalArgumentException naming a keys file that cannot be used, or the artifact that it needs;
    /// or when there are TLS files that neither the broker nor the result backend would use
    public TaskClient connect() {
        JacksonVersion.require();
        if (!tls.isNone()) {
            broker = broker.withTls(tls, ResultStores.isSecure(backend));
        }
        return TaskClient.connect(this);
    }
}
