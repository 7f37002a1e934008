package dev.jtask.spring.outbox;

import dev.jtask.protocol.message.Route;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/// The table of messages, in SQL that PostgreSQL and H2 share. Rows are written within the application's transactions
/// and taken within the relay's own, which hold a connection of the pool for no longer than the broker takes to answer.
public final class OutboxTable implements Backlog {

    private static final long MOST_BYTES = 8 << 20;

    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;
    private final String name;
    private final int batch;

    /// @param name of the table, perhaps with its schema's
    /// @param batch the most messages to take at once
    public OutboxTable(DataSource database, String name, int batch) {
        this.jdbc = new JdbcTemplate(database);
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        // whatever the pool's is: above it, rows that another relay has deleted are an error instead of gone
        transaction.setIsolationLevel(TransactionDefinition.ISOLATION_READ_COMMITTED);
        this.name = name;
        this.batch = batch;
    }

    /// Within the transaction of the thread.
    void add(List<Draft> drafts) {
        var rows = drafts.stream()
                .map(draft -> new Object[] {
                    draft.parcel().route().exchange(),
                    draft.parcel().route().routingKey(),
                    StoredProperties.write(draft),
                    draft.parcel().message().body()
                })
                .toList();
        jdbc.batchUpdate(
                "INSERT INTO %s (exchange, routing_key, properties, body) VALUES (?, ?, ?, ?)".formatted(name), rows);
    }

    @Override
    public int take(Collection<Route> except, long behind, Function<List<Letter>, Map<Long, Verdict>> publish) {
        var taken = transaction.execute(status -> {
            var ids = hold(except, behind);
            if (!ids.isEmpty()) {
                settle(publish.apply(read(ids)));
            }
            return ids.size();
        });
        return taken == null ? 0 : taken;
    }

    @Override
    public long newest() {
        var last = jdbc.queryForObject("SELECT MAX(id) FROM %s".formatted(name), Long.class);
        return last == null ? 0 : last;
    }

    @Override
    public Level level() {
        RowMapper<Level> reading = (row, number) -> level(row);
        var counted = jdbc.query("""
                SELECT COUNT(*) - COUNT(refused_at), COUNT(refused_at), CURRENT_TIMESTAMP,
                  (SELECT created_at FROM %1$s WHERE refused_at IS NULL ORDER BY id FETCH FIRST 1 ROWS ONLY)
                FROM %1$s""".formatted(name), reading);
        return counted.get(0);
    }

    /// The first of them, as many as the memory bears.
    private List<Long> hold(Collection<Route> except, long behind) {
        var arguments = new ArrayList<Object>(List.of(behind));
        except.forEach(route -> Collections.addAll(arguments, route.exchange(), route.routingKey()));
        arguments.add(batch);
        var sizes = jdbc.query(
                """
                SELECT id, OCTET_LENGTH(body) FROM %s WHERE refused_at IS NULL AND id > ?%s
                ORDER BY id FETCH FIRST ? ROWS ONLY FOR UPDATE SKIP LOCKED""".formatted(name, " AND NOT (exchange = ? AND routing_key = ?)".repeat(except.size())),
                (row, number) -> new long[] {row.getLong(1), row.getLong(2)},
                arguments.toArray());
        var ids = new ArrayList<Long>();
        long bytes = 0;
        for (var each : sizes) {
            bytes += each[1];
            if (bytes > MOST_BYTES && !ids.isEmpty()) {
                break;
            }
            ids.add(each[0]);
        }
        return ids;
    }

    private List<Letter> read(List<Long> ids) {
        return jdbc.query(
                "SELECT id, exchange, routing_key, properties, body FROM %s WHERE id IN (%s) ORDER BY id"
                        .formatted(name, places(ids)),
                (row, number) -> new Letter(
                        row.getLong(1),
                        new Route(row.getString(2), row.getString(3)),
                        row.getString(4),
                        row.getBytes(5)),
                ids.toArray());
    }

    private void settle(Map<Long, Verdict> verdicts) {
        var sent = new ArrayList<Long>();
        verdicts.forEach((id, verdict) -> {
            if (verdict instanceof Verdict.Sent) {
                sent.add(id);
            } else if (verdict instanceof Verdict.Refused refused) {
                jdbc.update(
                        "UPDATE %s SET refused_at = CURRENT_TIMESTAMP, reason = ? WHERE id = ?".formatted(name),
                        refused.reason().replace('\0', ' '),
                        id);
            }
        });
        if (!sent.isEmpty()) {
            jdbc.update("DELETE FROM %s WHERE id IN (%s)".formatted(name, places(sent)), sent.toArray());
        }
    }

    private static Level level(ResultSet row) throws SQLException {
        var now = row.getObject(3, OffsetDateTime.class);
        var first = row.getObject(4, OffsetDateTime.class);
        var age = first == null || first.isAfter(now) ? Duration.ZERO : Duration.between(first, now);
        return new Level(row.getLong(1), row.getLong(2), age);
    }

    private static String places(List<?> values) {
        return String.join(", ", Collections.nCopies(values.size(), "?"));
    }
}
