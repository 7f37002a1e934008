package dev.jtask.quarkus;

import dev.jtask.broker.AfterCommit;
import dev.jtask.client.TaskClient;
import io.quarkus.arc.DefaultBean;
import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.util.Set;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The application's [TaskClient], unless it has one of its own. Connects when it is first asked for.
@Singleton
public class ClientProducer {

    @Produces
    @Singleton
    @DefaultBean
    TaskClient taskClient(
            JtaskConfig jtask,
            Instance<AfterCommit> transactions,
            @ConfigProperty(name = "quarkus.application.name", defaultValue = "jtask-client") String application) {
        try {
            var servers = jtask.servers();
            var sending = jtask.sending();
            var connections = Connections.of(jtask);
            var builder = TaskClient.builder(connections.broker())
                    .queue(sending.queue())
                    .resultBackend(servers.resultBackend())
                    .publishTimeout(sending.publishTimeout())
                    .connectionName(servers.connectionName().orElse(application))
                    .tls(connections.tls())
                    .seal(connections.seal())
                    .transactions(
                            sending.sendAfterCommit() && transactions.isResolvable()
                                    ? transactions.get()
                                    : AfterCommit.NONE);
            return (sending.sentEvents() ? builder.sentEvents() : builder).connect();
        } catch (UncheckedIOException e) {
            throw new IllegalStateException(
                    e.getMessage() + ". Start the server, or set jtask.broker-uri and jtask.result-backend", e);
        } catch (IllegalArgumentException e) {
            throw new ConfigurationException(
                    e.getMessage()
                            + ". Correct jtask.broker-uri, jtask.result-backend, jtask.publish-timeout, jtask.tls or jtask.keys-file",
                    e,
                    Set.of("jtask.broker-uri", "jtask.result-backend", "jtask.publish-timeout", "jtask.keys-file"));
        }
    }

    void close(@Disposes TaskClient client) {
        client.close();
    }
}
