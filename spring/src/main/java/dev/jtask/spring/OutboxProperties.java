package dev.jtask.spring;

import dev.jtask.protocol.json.Limits;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.core.env.Environment;

/// What an application says of its outbox, under `jtask.outbox.*`. Read one by one: `jtask.outbox` itself has a value,
/// so that Spring Boot binds nothing below it.
///
/// @param createTable whether to create the table where it is missing
/// @param table its name
/// @param batch the most messages to send at once
/// @param pollInterval how often to look for what other instances wrote
record OutboxProperties(boolean createTable, String table, int batch, Duration pollInterval) {

    private static final ConfigurationPropertyName ROOT = ConfigurationPropertyName.of("jtask.outbox");
    private static final ConfigurationPropertyName CREATE_TABLE = ROOT.append("create-table");
    private static final ConfigurationPropertyName TABLE = ROOT.append("table");
    private static final ConfigurationPropertyName BATCH = ROOT.append("batch");
    private static final ConfigurationPropertyName POLL_INTERVAL = ROOT.append("poll-interval");

    static final Map<ConfigurationPropertyName, Class<?>> NAMES = Map.of(
            CREATE_TABLE, Boolean.class,
            TABLE, String.class,
            BATCH, Integer.class,
            POLL_INTERVAL, Duration.class);

    private static final int MOST = 10_000;

    OutboxProperties {
        if (batch < 1 || batch > MOST) {
            throw new IllegalArgumentException("jtask.outbox.batch is %d, and may be 1 to %d".formatted(batch, MOST));
        }
        if (pollInterval.isNegative() || pollInterval.isZero() || pollInterval.compareTo(Limits.LONGEST) > 0) {
            throw new IllegalArgumentException(
                    "jtask.outbox.poll-interval is %s, and must be above zero".formatted(pollInterval));
        }
    }

    /// @throws JtaskStartException naming the property that is wrong
    static OutboxProperties of(Environment environment) {
        try {
            return new OutboxProperties(
                    value(environment, CREATE_TABLE, Boolean.class, false),
                    value(environment, TABLE, String.class, "jtask_outbox"),
                    value(environment, BATCH, Integer.class, 100),
                    value(environment, POLL_INTERVAL, Duration.class, Duration.ofSeconds(1)));
        } catch (IllegalArgumentException e) {
            throw new JtaskStartException(String.valueOf(e.getMessage()), "Correct the property", e);
        }
    }

    private static <T> T value(Environment environment, ConfigurationPropertyName name, Class<T> type, T otherwise) {
        try {
            return Binder.get(environment).bind(name.toString(), type).orElse(otherwise);
        } catch (BindException e) {
            throw new JtaskStartException(
                    "%s is no %s".formatted(name, type.getSimpleName()), "Correct the property", e);
        }
    }
}
