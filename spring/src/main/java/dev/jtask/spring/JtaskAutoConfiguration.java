package dev.jtask.spring;

import dev.jtask.broker.AfterCommit;
import dev.jtask.broker.tracing.TaskTracing;
import dev.jtask.broker.tracing.Tracing;
import dev.jtask.client.TaskClient;
import java.io.UncheckedIOException;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/// Who sends: a [TaskClient], and the interfaces with [dev.jtask.client.TaskStub].
@AutoConfiguration
@EnableConfigurationProperties(JtaskProperties.class)
@Import(TaskStubRegistrar.class)
final class JtaskAutoConfiguration {

    /// Before any bean is made of what the properties say.
    @Bean
    static BeanFactoryPostProcessor knownJtaskProperties(ConfigurableEnvironment environment) {
        return beans -> KnownProperties.check(environment.getPropertySources());
    }

    @Bean
    ApplicationBroker jtaskBroker(
            JtaskProperties jtask, ObjectProvider<JtaskConnectionDetails> details, Environment environment) {
        return new ApplicationBroker(jtask, details, environment);
    }

    @Bean
    @ConditionalOnMissingBean
    TaskClient taskClient(
            JtaskProperties jtask,
            ApplicationBroker broker,
            ObjectProvider<AfterCommit> transactions,
            ObjectProvider<TaskTracing> tracing,
            Environment environment) {
        try {
            var builder = TaskClient.builder(broker.options())
                    .queue(jtask.queue())
                    .resultBackend(jtask.resultBackend())
                    .publishTimeout(jtask.publishTimeout())
                    .connectionName(jtask.shownName(environment))
                    .tls(jtask.tls().files())
                    .seal(jtask.seal())
                    .transactions(jtask.transactions(transactions))
                    .tracing(tracing.getIfAvailable(Tracing::openTelemetry));
            if (jtask.sentEvents()) {
                builder.sentEvents();
            }
            return builder.connect();
        } catch (UncheckedIOException e) {
            throw new JtaskStartException(
                    String.valueOf(e.getMessage()),
                    "Start the server, or set jtask.broker-uri and jtask.result-backend",
                    e);
        } catch (IllegalArgumentException e) {
            throw new JtaskStartException(
                    String.valueOf(e.getMessage()),
                    "Correct jtask.broker-uri, jtask.result-backend, jtask.publish-timeout, jtask.tls, jtask.oauth or jtask.keys-file",
                    e);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(TransactionSynchronizationManager.class)
    @ConditionalOnYes(value = "jtask.send-after-commit", otherwise = true)
    static final class Transactions {

        @Bean
        @ConditionalOnMissingBean
        AfterCommit sendsAfterCommit() {
            return new SpringTransactions();
        }
    }
}
