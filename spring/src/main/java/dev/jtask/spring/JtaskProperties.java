package dev.jtask.spring;

import dev.jtask.backend.ResultStores;
import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.oauth.LoginSettings;
import dev.jtask.oauth.OAuthLogin;
import dev.jtask.seal.SealOptions;
import dev.jtask.seal.Signatures;
import dev.jtask.tls.TlsFiles;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.core.env.Environment;

/// What an application says of jtask, under `jtask.*`.
///
/// @param brokerUri RabbitMQ, amqp:// or amqps://user:password@host:port/vhost; connection details go before it.
/// @param queue Where tasks go that name no queue.
/// @param resultBackend Where results are: rpc://, or redis://host:6379/0 with dev.jtask:jtask-redis.
/// @param publishTimeout How long a send waits for the broker's confirm.
/// @param connectionName Shown in RabbitMQ's management pages; the application's name by default.
/// @param sendAfterCommit Whether what is sent within a transaction goes out after its commit.
/// @param sentEvents Whether Celery's event receivers, such as Flower, are told of each task that is sent.
/// @param outbox Where what is sent within a transaction is kept until the broker has it: nowhere, or in a table
/// beside the application's own, by jdbc.
/// @param observations What Micrometer's observations tell of tasks.
/// @param tls PEM files for amqps:// and rediss://.
/// @param oauth A login with tokens of OAuth 2 instead of the URI's user and password.
/// @param keysFile A JWK set by which tasks and results are encrypted and signed; needs dev.jtask:jtask-jose.
/// @param worker The worker inside this application.
@ConfigurationProperties("jtask")
public record JtaskProperties(
        @DefaultValue("amqp://guest:guest@localhost:5672/") String brokerUri,
        @DefaultValue("celery") String queue,
        @DefaultValue("rpc://") String resultBackend,
        @DefaultValue("10s") Duration publishTimeout,
        @Nullable String connectionName,
        @DefaultValue("true") boolean sendAfterCommit,
        @DefaultValue("false") boolean sentEvents,
        @DefaultValue("none") Outbox outbox,
        @DefaultValue Observations observations,
        @DefaultValue Tls tls,
        @DefaultValue OAuth oauth,
        @Nullable Path keysFile,
        @DefaultValue Worker worker) {

    /// Where what is sent within a transaction is kept until the broker has it.
    public enum Outbox {
        /// In memory: a crash between the commit and the broker's confirm loses it.
        NONE,
        /// In a table of the application's database, written by the same transaction.
        JDBC
    }

    /// What Micrometer's observations tell of tasks.
    ///
    /// @param enabled Whether sends and runs are observed, in place of jtask's own spans of OpenTelemetry; by
    /// default where there is an ObservationRegistry, unless OpenTelemetry alone makes the application's spans.
    public record Observations(@Nullable Boolean enabled) {}

    /// PEM files.
    ///
    /// @param ca Authorities to trust instead of the JVM's.
    /// @param certificate Client certificate, for mutual TLS.
    /// @param key Its private key.
    public record Tls(
            @Nullable Path ca,
            @Nullable Path certificate,
            @Nullable Path key) {

        TlsFiles files() {
            return new TlsFiles(ca, certificate, key)
                    .with(new TlsFiles.Options("jtask.tls.ca", "jtask.tls.certificate"));
        }

        @Override
        public String toString() {
            return "Tls[ca=%b, certificate=%b, key=%b]".formatted(ca != null, certificate != null, key != null);
        }
    }

    /// A login with tokens of OAuth 2, which an authorization server gives for our client's id and secret.
    ///
    /// @param tokenUri Where tokens are given, https://.
    /// @param clientId To whom.
    /// @param clientSecret What proves that; or client-secret-file.
    /// @param clientSecretFile A file with the same, which is read for each token.
    /// @param scope What to ask for, with spaces between; by default what the server gives the client.
    /// @param audience For whom, where the server wants to be told: the broker's resource_server_id.
    /// @param ca Authorities to trust as that server instead of the JVM's.
    public record OAuth(
            @Nullable String tokenUri,
            @Nullable String clientId,
            @Nullable String clientSecret,
            @Nullable Path clientSecretFile,
            @Nullable String scope,
            @Nullable String audience,
            @Nullable Path ca) {

        /// @return empty where none is wanted
        /// @throws IllegalArgumentException naming the property that is wrong or missing
        Optional<OAuthLogin> login() {
            return settings().login(name -> "jtask.oauth." + name);
        }

        private LoginSettings settings() {
            return new LoginSettings(tokenUri, clientId, clientSecret, clientSecretFile, scope, audience, ca);
        }

        @Override
        public String toString() {
            return settings().toString();
        }
    }

    /// The worker inside this application.
    ///
    /// @param enabled Whether this application runs tasks; needs dev.jtask:jtask-worker and Java 25.
    /// @param queues Consumed in this order of preference; jtask.queue by default.
    /// @param concurrency Tasks that run at once; as many as there are processors by default.
    /// @param drainTimeout How long running tasks may finish when the application stops; keep it below
    /// spring.lifecycle.timeout-per-shutdown-phase.
    /// @param nodeName Unique among all workers of the broker; made of the process's number by default.
    /// @param signatures What becomes of tasks without a good signature by jtask.keys-file: require, warn or off.
    /// @param signaturesMaxAge How long after it was signed, or was due, a task may start.
    /// @param routes Queues of the tasks that tasks of this application send, such as p.*=py,*.mail=mail.
    /// @param remoteControl What remote control may do with this worker, such as shut it down: full, inspect, off.
    /// @param redact A regular expression for names of arguments whose values neither logs, events, traces nor dead
    /// letters show; by default the words that secrets usually have in their names, and off for none.
    /// @param keepFailed Queues whose tasks are kept when they have failed for good, such as orders,mail.*.
    public record Worker(
            @DefaultValue("false") boolean enabled,
            @DefaultValue List<String> queues,
            @Nullable Integer concurrency,
            @DefaultValue("25s") Duration drainTimeout,
            @Nullable String nodeName,
            @DefaultValue("off") Signatures signatures,
            @DefaultValue("24h") Duration signaturesMaxAge,
            @DefaultValue("") String routes,
            @DefaultValue("full") RemoteControl remoteControl,
            @DefaultValue("") String redact,
            @DefaultValue List<String> keepFailed) {}

    /// What Celery's remote control may do with a worker.
    public enum RemoteControl {
        /// Everything that Celery's workers do.
        FULL,
        /// Questions only.
        INSPECT,
        /// Nothing.
        OFF
    }

    /// Without credentials, and without what may be a key in place of its path.
    @Override
    public String toString() {
        return "JtaskProperties[brokerUri=%s, queue=%s, resultBackend=%s, publishTimeout=%s, connectionName=%s, sendAfterCommit=%s, sentEvents=%s, outbox=%s, observations=%s, tls=%s, oauth=%s, keysFile=%b, worker=%s]"
                .formatted(
                        shown(() -> BrokerOptions.of(brokerUri).toString()),
                        queue,
                        resultBackend.contains("://") && !resultBackend.equals("rpc://")
                                ? shown(this::store)
                                : "rpc://",
                        publishTimeout,
                        connectionName,
                        sendAfterCommit,
                        sentEvents,
                        outbox,
                        observations,
                        tls,
                        oauth,
                        keysFile != null,
                        worker);
    }

    private String store() {
        try (var store = ResultStores.open(resultBackend)) {
            return store.toString();
        }
    }

    private static String shown(Supplier<String> address) {
        try {
            return address.get();
        } catch (IllegalArgumentException e) {
            return "…";
        }
    }

    /// Where the broker is and who we are to it, the same for all that connects: the client, the worker, the outbox.
    ///
    /// @throws IllegalArgumentException naming the property that is wrong or missing
    BrokerOptions broker() {
        return connected(BrokerOptions.of(brokerUri));
    }

    /// The same for a broker that somebody else has found.
    BrokerOptions connected(BrokerOptions found) {
        var broker = found.withTls(tls.files(), ResultStores.isSecure(resultBackend));
        return oauth.login().map(broker::withOAuth).orElse(broker);
    }

    SealOptions seal() {
        return keysFile == null ? SealOptions.NONE : SealOptions.NONE.withKeys(keysFile);
    }

    /// Whose transactions are joined by what the client, or a task, sends; nobody's where it is sent at once.
    AfterCommit transactions(ObjectProvider<AfterCommit> beans) {
        return sendAfterCommit ? beans.getIfAvailable(() -> AfterCommit.NONE) : AfterCommit.NONE;
    }

    /// What its connections are called.
    String shownName(Environment environment) {
        return connectionName == null
                ? environment.getProperty("spring.application.name", "jtask-client")
                : connectionName;
    }

    List<String> consumed() {
        return worker.queues.isEmpty() ? List.of(queue) : worker.queues;
    }
}
