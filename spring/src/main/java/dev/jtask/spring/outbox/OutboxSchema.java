package dev.jtask.spring.outbox;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sql.DataSource;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.ConnectionCallback;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.init.ScriptUtils;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/// The table's definition: the files that also go into an application's own migrations.
public final class OutboxSchema {

    /// The files, by the names that databases give themselves.
    private static final Map<String, String> FILES = Map.of("PostgreSQL", "postgresql.sql", "H2", "h2.sql");

    private static final String USUAL = "jtask_outbox";
    private static final Pattern NAME = Pattern.compile("[A-Za-z_]\\w{0,62}(\\.[A-Za-z_]\\w{0,62})?");

    private final DataSource database;
    private final String table;

    /// @throws IllegalArgumentException when this is no table's name, perhaps with its schema's
    public OutboxSchema(DataSource database, String table) {
        if (!NAME.matcher(table).matches()) {
            throw new IllegalArgumentException(
                    "jtask.outbox.table is '%s', and may be a name or schema.name of letters, digits and _"
                            .formatted(table));
        }
        this.database = database;
        this.table = table;
    }

    /// Makes the table where it is missing. Several instances may do so at once.
    ///
    /// @throws IllegalStateException saying what the database has against it
    public void create() {
        var script = script();
        try {
            new TransactionTemplate(new JdbcTransactionManager(database))
                    .executeWithoutResult(status -> new JdbcTemplate(database)
                            .execute((ConnectionCallback<Boolean>) connection -> {
                                ScriptUtils.executeSqlScript(connection, script);
                                return true;
                            }));
        } catch (DataAccessException e) {
            // of two that make it at the same moment PostgreSQL lets one fail, once the other's is there
            try {
                check();
            } catch (IllegalStateException missing) {
                throw new IllegalStateException(
                        "the table %s cannot be created: %s".formatted(table, e.getMessage()), e);
            }
        }
    }

    /// Asks as the relay does, so that a database that cannot be asked so is told at the start.
    ///
    /// @throws IllegalStateException unless the table is there, with its columns, and can be read and locked
    public void check() {
        try {
            new JdbcTemplate(database).query("""
                            SELECT id, created_at, exchange, routing_key, properties, OCTET_LENGTH(body), refused_at, reason
                            FROM %s WHERE 1 = 0 ORDER BY id FETCH FIRST 1 ROWS ONLY FOR UPDATE SKIP LOCKED""".formatted(table), row -> {});
        } catch (DataAccessException e) {
            throw new IllegalStateException("the table %s cannot be read: %s".formatted(table, e.getMessage()), e);
        }
    }

    private ByteArrayResource script() {
        var product = new JdbcTemplate(database).execute((ConnectionCallback<String>)
                connection -> connection.getMetaData().getDatabaseProductName());
        var file = FILES.get(String.valueOf(product));
        if (file == null) {
            throw new IllegalStateException(
                    "jtask.outbox.create-table knows PostgreSQL and H2, and not %s; create the table %s yourself, as %s does for PostgreSQL"
                            .formatted(product, table, FILES.get("PostgreSQL")));
        }
        try (var sql = OutboxSchema.class.getResourceAsStream(file)) {
            if (sql == null) {
                throw new IllegalStateException("%s is not in this jar".formatted(file));
            }
            return new ByteArrayResource(named(new String(sql.readAllBytes(), StandardCharsets.UTF_8))
                    .getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// An index is in the schema of its table, and its name has no schema.
    private String named(String sql) {
        var index = table.substring(table.indexOf('.') + 1) + "_waiting";
        return sql.replaceAll("\\b" + USUAL + "_waiting\\b", Matcher.quoteReplacement(index))
                .replaceAll("\\b" + USUAL + "\\b", Matcher.quoteReplacement(table));
    }
}
