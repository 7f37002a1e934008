package dev.jtask.spring.outbox;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import dev.jtask.testing.PostgresNode;

/// Connections of applications to a PostgreSQL.
final class Pools {

    private Pools() {}

    static HikariDataSource of(PostgresNode postgres, int connections) {
        var options = new HikariConfig();
        options.setJdbcUrl(postgres.jdbcUrl());
        options.setUsername(postgres.user());
        options.setPassword(postgres.password());
        options.setMaximumPoolSize(connections);
        options.setConnectionTimeout(2_000);
        options.setInitializationFailTimeout(-1);
        return new HikariDataSource(options);
    }
}
