package dev.jtask.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.jtask.broker.Parcel;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/// In H2, as in the tests of applications.
class OutboxTableTest {

    private final DriverManagerDataSource database =
            new DriverManagerDataSource("jdbc:h2:mem:%s;DB_CLOSE_DELAY=-1".formatted(UUID.randomUUID()));
    private final OutboxTable table = new OutboxTable(database, "jtask_outbox", 3);

    OutboxTableTest() {
        new OutboxSchema(database, "jtask_outbox").create();
    }

    @Test
    void whatIsTakenIsTheWholeMessageInTheOrderOfWriting() {
        add("a", "b");

        var taken = new ArrayList<Letter>();
        assertThat(table.take(List.of(), 0, letters -> said(taken, letters, new Verdict.Later("not now"))))
                .isEqualTo(2);

        assertThat(taken).extracting(Letter::route).containsExactly(Route.toQueue("a"), Route.toQueue("b"));
        assertThat(taken.get(0).parcel()).isEqualTo(parcel("a"));
    }

    /// Else the relay would not make sure of the delays, nor of the queue's way out of them.
    @Test
    void aDelayedMessageStaysOne() {
        var delayed = Parcel.delayed("a", parcel("a").message(), Duration.ofSeconds(5));
        table.add(List.of(Draft.of(delayed)));

        var taken = new ArrayList<Letter>();
        table.take(List.of(), 0, letters -> said(taken, letters, new Verdict.Sent()));

        assertThat(taken.get(0).parcel()).isEqualTo(delayed);
    }

    @Test
    void whenAMessageIsDueIsKeptAndNotHowItWaits() {
        var due = Instant.parse("2026-11-26T12:00:00Z");
        table.add(List.of(new Draft(parcel("a"), due)));

        var taken = new ArrayList<Letter>();
        table.take(List.of(), 0, letters -> said(taken, letters, new Verdict.Sent()));

        assertThat(taken.get(0).parcel()).isEqualTo(parcel("a"));
        assertThat(taken.get(0).delay(due.minusSeconds(90))).hasSeconds(90);
    }

    @Test
    void aBatchHasItsBoundAndLeavesOutWhatRests() {
        add("a", "b", "c", "a", "d", "e");

        var taken = new ArrayList<Letter>();
        table.take(
                List.of(Route.toQueue("a"), Route.toQueue("c")),
                0,
                letters -> said(taken, letters, new Verdict.Sent()));
        table.take(List.of(), 0, letters -> said(taken, letters, new Verdict.Later("not now")));

        assertThat(taken)
                .extracting(letter -> letter.route().routingKey())
                .containsExactly("b", "d", "e", "a", "c", "a");
    }

    @Test
    void whatOneHasNobodyElseTakes() {
        add("a", "b", "c", "d");
        var others = new ArrayList<Letter>();

        table.take(List.of(), 0, letters -> {
            CompletableFuture.runAsync(
                            () -> table.take(List.of(), 0, theirs -> said(others, theirs, new Verdict.Sent())))
                    .join();
            return said(new ArrayList<>(), letters, new Verdict.Sent());
        });

        // H2 counts what it skips among the rows that it was asked for; PostgreSQL goes on behind them
        assertThat(others).isEmpty();
        assertThat(table.level().waiting()).isEqualTo(1);
    }

    @Test
    void whatIsRefusedStaysWithItsReasonAndIsNotTakenAgain() {
        add("a", "b");
        table.take(
                List.of(),
                0,
                letters -> Map.of(
                        letters.get(0).id(), new Verdict.Refused("no \0 permission"),
                        letters.get(1).id(), new Verdict.Later("not now")));

        assertThat(new JdbcTemplate(database)
                        .queryForList("SELECT reason FROM jtask_outbox WHERE refused_at IS NOT NULL", String.class))
                .containsExactly("no   permission");
        var taken = new ArrayList<Letter>();
        table.take(List.of(), 0, letters -> said(taken, letters, new Verdict.Sent()));
        assertThat(taken).hasSize(1);
        assertThat(table.level()).isEqualTo(new Level(0, 1, Duration.ZERO));
    }

    @Test
    void theAgeIsThatOfTheFirstThatWaits() {
        assertThat(table.level()).isEqualTo(new Level(0, 0, Duration.ZERO));
        add("a", "b");
        new JdbcTemplate(database)
                .update("UPDATE jtask_outbox SET created_at = created_at - INTERVAL '1' HOUR WHERE routing_key = 'a'");

        assertThat(table.level()).satisfies(level -> {
            assertThat(level.waiting()).isEqualTo(2);
            assertThat(level.oldest()).isBetween(Duration.ofHours(1), Duration.ofMinutes(61));
        });
    }

    @Test
    void whenTheRelayFailsAllStaysAsItWas() {
        add("a");

        assertThatThrownBy(() -> table.take(List.of(), 0, letters -> {
                    throw new IllegalStateException("killed");
                }))
                .hasMessage("killed");
        assertThat(table.level().waiting()).isEqualTo(1);
    }

    private void add(String... queues) {
        table.add(Stream.of(queues).map(queue -> Draft.of(parcel(queue))).toList());
    }

    private static Map<Long, Verdict> said(List<Letter> taken, List<Letter> letters, Verdict verdict) {
        taken.addAll(letters);
        var verdicts = new LinkedHashMap<Long, Verdict>();
        letters.forEach(letter -> verdicts.put(letter.id(), verdict));
        return verdicts;
    }

    private static Parcel parcel(String queue) {
        var properties = WireProperties.json(2, Map.of("task", "t." + queue, "retries", 0));
        return Parcel.tasks(Route.toQueue(queue), new WireMessage(properties, new byte[] {1, 2}));
    }
}
