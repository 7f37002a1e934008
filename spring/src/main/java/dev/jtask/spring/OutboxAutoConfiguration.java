package dev.jtask.spring;

import dev.jtask.broker.AfterCommit;
import dev.jtask.spring.outbox.Begins;
import dev.jtask.spring.outbox.OutboxSchema;
import dev.jtask.spring.outbox.OutboxTable;
import dev.jtask.spring.outbox.OutboxTransactions;
import dev.jtask.spring.outbox.OwnTransaction;
import javax.sql.DataSource;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.transaction.jta.JtaTransactionManager;

/// What is sent within a transaction is written to a table by it, and relayed from there.
@AutoConfiguration(before = JtaskAutoConfiguration.class)
@ConditionalOnOutbox
@EnableConfigurationProperties(JtaskProperties.class)
final class OutboxAutoConfiguration {

    @Bean
    static Begins jtaskTransactionBegins() {
        return new Begins();
    }

    @Bean
    OutboxLifecycle jtaskOutbox(
            JtaskProperties jtask,
            ApplicationBroker broker,
            ObjectProvider<DataSource> databases,
            Environment environment) {
        var properties = OutboxProperties.of(environment);
        var database = only(databases);
        try {
            return new OutboxLifecycle(
                    jtask,
                    broker.options().named(jtask.shownName(environment) + " outbox"),
                    properties,
                    new OutboxTable(database, properties.table(), properties.batch()),
                    new OutboxSchema(database, properties.table()));
        } catch (IllegalArgumentException e) {
            throw new JtaskStartException(String.valueOf(e.getMessage()), "Correct the property", e);
        }
    }

    @Bean
    AfterCommit sendsByOutbox(OutboxLifecycle outbox, ObjectProvider<DataSource> databases, ListableBeanFactory beans) {
        var database = only(databases);
        boolean jta = beans.getBeanNamesForType(JtaTransactionManager.class, true, false).length > 0;
        return new OutboxTransactions(
                new SpringTransactions(), outbox.table(), new OwnTransaction(database, jta), outbox::wake);
    }

    private static DataSource only(ObjectProvider<DataSource> databases) {
        var database = databases.getIfUnique();
        if (database == null) {
            throw new JtaskStartException(
                    "jtask.outbox=jdbc, and the application has no DataSource, or several of which none is primary",
                    "Set spring.datasource.url, or annotate the DataSource whose transactions send with @Primary",
                    null);
        }
        return database;
    }
}
