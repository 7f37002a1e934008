package dev.jtask.spring.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import dev.jtask.broker.BrokerOptions;
import dev.jtask.broker.Parcel;
import dev.jtask.broker.Sender;
import dev.jtask.protocol.message.Route;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import dev.jtask.protocol.topology.DelayTopology;
import dev.jtask.testing.PostgresNode;
import dev.jtask.testing.RabbitMqNode;
import dev.jtask.testing.RabbitMqTest;
import dev.jtask.testing.Relay;
import dev.jtask.testing.process.Children;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/// Relays between a real PostgreSQL and a real RabbitMQ.
@RabbitMqTest
class OutboxRelayIT {

    private static final Duration SOON = Duration.ofSeconds(60);
    private static @Nullable PostgresNode running;

    private final RabbitMqNode rabbit;
    private final HikariDataSource pool = Pools.of(postgres(), 6);
    private final JdbcTemplate jdbc = new JdbcTemplate(pool);
    private final List<Runnable> endings = new ArrayList<>();

    OutboxRelayIT(RabbitMqNode rabbit) {
        this.rabbit = rabbit;
    }

    /// Another one when a test of this class is tried again.
    private static PostgresNode postgres() {
        var node = running;
        if (node == null) {
            node = PostgresNode.start();
            running = node;
        }
        return node;
    }

    @AfterAll
    static void stop() {
        postgres().close();
        running = null;
    }

    @AfterEach
    void close() {
        endings.forEach(Runnable::run);
        pool.close();
    }

    @Test
    void severalRelaysSendEachMessageOnce() {
        var table = table("shared");
        var queue = new Drain(rabbit.amqpUri(), "shared");
        var ids =
                write("shared", IntStream.range(0, 1_500).mapToObj(i -> "s" + i).toList());

        relay(table, rabbit.amqpUri());
        relay(table("shared"), rabbit.amqpUri());
        relay(table("shared"), rabbit.amqpUri());

        awaitEmpty("shared");
        assertThat(queue.ids()).containsExactlyInAnyOrderElementsOf(ids);
    }

    @Test
    void aRelayThatIsKilledBetweenConfirmAndDeleteSendsTwiceAndNeverNotAtAll(@TempDir Path folder) throws Exception {
        var table = table("crash");
        var ids = write("crash", List.of("c1", "c2", "c3"));
        var command = List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                CrashingRelay.class.getName(),
                postgres().jdbcUrl(),
                postgres().user(),
                postgres().password(),
                rabbit.amqpUri(),
                "crash");
        var killed = Children.start(command, System.getenv(), folder, folder.resolve("relay.log"));
        assertThat(killed.waitFor(180, TimeUnit.SECONDS)).isTrue();
        assertThat(killed.exitValue()).isEqualTo(CrashingRelay.KILLED);
        assertThat(rows("crash")).as("rows after the kill").isEqualTo(3);

        relay(table, rabbit.amqpUri());

        awaitEmpty("crash");
        var sent = new Drain(rabbit.amqpUri(), "crash").ids();
        assertThat(sent).hasSizeGreaterThan(3).endsWith("c1", "c2", "c3");
        assertThat(Set.copyOf(sent)).isEqualTo(Set.copyOf(ids));
    }

    @Test
    void whileTheBrokerIsAwayTheMessagesStayAndThenTheyGoInTheirOrder() throws IOException {
        var table = table("away");
        int others = connections();
        var door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        int port = door.getLocalPort();
        var before = Relay.start(door, rabbit.amqpPort());
        var relay = relay(table, "amqp://guest:guest@127.0.0.1:" + port);
        write("away", List.of("a0"));
        relay.wake();
        awaitEmpty("away");

        before.close();
        before.cut();
        // what was on its way as the connection went is sent behind what was not
        await("the loss is known").atMost(SOON).until(() -> connections() <= others);
        var ids = write("away", IntStream.range(1, 250).mapToObj(i -> "a" + i).toList());
        relay.wake();
        await().during(Duration.ofMillis(500)).atMost(SOON).until(() -> rows("away") == 249);
        assertThat(relay.troubles()).as("of a moment").isEmpty();
        var after = Relay.start(new ServerSocket(port, 50, InetAddress.getLoopbackAddress()), rabbit.amqpPort());

        awaitEmpty("away");
        var expected = new ArrayList<>(List.of("a0"));
        expected.addAll(ids);
        assertThat(new Drain(rabbit.amqpUri(), "away").ids()).isEqualTo(expected);
        after.close();
        after.cut();
    }

    private int connections() {
        return rabbit.view().get("/api/connections").size();
    }

    @Test
    void whatIsRefusedIsSetAsideAndAFullQueueHoldsUpNobody() {
        var table = table("odd");
        var full = new Drain(rabbit.amqpUri(), "odd-full");
        full.declare(Map.of("x-max-length", 1, "x-overflow", "reject-publish"));
        write("odd", "odd-full", IntStream.range(0, 120).mapToObj(i -> "f" + i).toList());
        table.add(List.of(Draft.of(Parcel.tasks(new Route("no-such-exchange", "x"), message("lost")))));
        write("odd", "odd-other", List.of("o1", "o2"));

        relay(table, rabbit.amqpUri());

        var other = new Drain(rabbit.amqpUri(), "odd-other");
        await().atMost(SOON).until(() -> rows("odd", "routing_key = 'odd-other'") == 0);
        assertThat(other.ids()).containsExactly("o1", "o2");
        await().atMost(SOON).until(() -> rows("odd", "refused_at IS NOT NULL") == 1);
        assertThat(jdbc.queryForObject("SELECT reason FROM odd WHERE refused_at IS NOT NULL", String.class))
                .contains("'no-such-exchange/x' is refused", "NOT_FOUND");
        await().atMost(SOON).until(() -> rows("odd", "refused_at IS NULL") == 119);
        assertThat(full.depth()).isEqualTo(1);
        assertThat(table.level()).satisfies(level -> {
            assertThat(level.waiting()).isEqualTo(119);
            assertThat(level.refused()).isEqualTo(1);
            assertThat(level.oldest()).isPositive();
        });

        // and what was mended is let go by one statement, as the guide says
        new Drain(rabbit.amqpUri(), "odd-mended").declare(Map.of());
        jdbc.update("UPDATE odd SET exchange = '', routing_key = 'odd-mended', refused_at = NULL, reason = NULL"
                + " WHERE refused_at IS NOT NULL");
        var mended = new Drain(rabbit.amqpUri(), "odd-mended");
        await().atMost(SOON).until(() -> mended.depth() == 1);
        assertThat(mended.ids()).containsExactly("lost");
        // last, since the relay fills what is emptied
        assertThat(full.ids()).startsWith("f0");
    }

    @Test
    void aDelayThatTheBrokerForbidsWaitsAtTheWorker() {
        var table = table("forbidden");
        rabbit.users().add("no-delays", "no-delays");
        rabbit.users().permit("no-delays", "forbidden", ".*", ".*");
        var late = parcel("forbidden", "d1", new byte[] {1});
        table.add(List.of(new Draft(late, Instant.now().plus(Duration.ofHours(1)))));

        relay(table, "amqp://no-delays:no-delays@127.0.0.1:" + rabbit.amqpPort());

        awaitEmpty("forbidden");
        assertThat(new Drain(rabbit.amqpUri(), "forbidden").ids()).containsExactly("d1");
        rabbit.users().delete("no-delays");
    }

    @Test
    void aDelayWaitsInTheBrokerAndCountsFromItsSending() {
        var table = table("delayed");
        var due = Instant.now().plusSeconds(63);
        table.add(List.of(new Draft(parcel("delayed", "d1", new byte[] {1}), due)));
        await().atMost(SOON).until(() -> Instant.now().isAfter(due.minusSeconds(61)));

        relay(table, rabbit.amqpUri());

        awaitEmpty("delayed");
        assertThat(new Drain(rabbit.amqpUri(), "delayed").depth()).isZero();
        // of 32 to 63 s
        var waits = new Drain(rabbit.amqpUri(), "celery_delayed_5").routingKey();
        assertThat(DelayTopology.queue(waits)).isEqualTo("delayed");
        assertThat(DelayTopology.delay(waits)).isBetween(Duration.ofSeconds(32), Duration.ofSeconds(61));
    }

    @Test
    void aDatabaseThatIsKilledAndComesBackHasLostNothing() {
        var table = table("killed");
        var relay = relay(table, rabbit.amqpUri());
        var ids = write("killed", List.of("k1", "k2"));
        awaitEmpty("killed");

        postgres().kill();
        await().atMost(SOON)
                .untilAsserted(() -> assertThat(relay.troubles())
                        .singleElement()
                        .asString()
                        .startsWith("the outbox cannot be relayed"));
        postgres().resume();
        await().atMost(SOON).ignoreExceptions().until(() -> rows("killed") == 0);
        write("killed", List.of("k3"));

        awaitEmpty("killed");
        await().atMost(SOON).until(() -> relay.troubles().isEmpty());
        assertThat(new Drain(rabbit.amqpUri(), "killed").ids())
                .startsWith(ids.toArray(String[]::new))
                .endsWith("k3");
    }

    @Test
    void aBatchIsBoundedInMemoryAndTwoRelaysNeverHaveTheSame() {
        var table = table("large");
        var others = table("large");
        var body = new byte[5 << 20];
        table.add(Stream.of("l1", "l2", "l3")
                .map(id -> Draft.of(parcel("large", id, body)))
                .toList());

        int taken = table.take(List.of(), 0, letters -> {
            assertThat(letters).hasSize(1);
            assertThat(CompletableFuture.supplyAsync(() -> others.take(List.of(), 0, theirs -> Map.of())))
                    .succeedsWithin(SOON)
                    .isEqualTo(0);
            return Map.of(letters.get(0).id(), new Verdict.Sent());
        });

        assertThat(taken).isEqualTo(1);
        assertThat(rows("large")).isEqualTo(2);
    }

    @Test
    void aLookReadsOnlyWhatIsBehindItsBegin() {
        var table = table("far");
        jdbc.update("INSERT INTO far (exchange, routing_key, properties, body)"
                + " SELECT '', 'far-full', '{}', '' FROM generate_series(1, 20000)");
        long last = table.newest();
        write("far", "far-other", List.of("o1"));
        jdbc.execute("ANALYZE far"); // as PostgreSQL does by itself where so much was written

        // in this order: a connection tells of the look before as well, for a second
        assertThat(read("far", table, last)).isLessThan(100);
        assertThat(read("far", table, 0)).isGreaterThan(20_000);
    }

    /// How many rows PostgreSQL read for a look that leaves out what is full.
    private long read(String name, OutboxTable table, long behind) {
        var rows = new AtomicLong();
        int found = table.take(List.of(Route.toQueue(name + "-full")), behind, letters -> {
            rows.set(Objects.requireNonNull(jdbc.queryForObject(
                    "SELECT seq_tup_read + COALESCE(idx_tup_fetch, 0) FROM pg_stat_xact_user_tables WHERE relname = ?",
                    Long.class,
                    name)));
            return Map.of();
        });
        assertThat(found).isEqualTo(1);
        return rows.get();
    }

    @Test
    void severalInstancesMayMakeTheTableAtOnce() {
        var creations = IntStream.range(0, 5)
                .mapToObj(i -> CompletableFuture.runAsync(() -> new OutboxSchema(pool, "raced").create()))
                .toList();

        assertThat(creations).allSatisfy(each -> assertThat(each).succeedsWithin(SOON));
        assertThat(rows("raced")).isZero();
    }

    @Test
    void theTableMayBeInASchemaOfItsOwn() {
        jdbc.execute("CREATE SCHEMA apart");
        new OutboxSchema(pool, "apart.mail_outbox").create();
        write("apart.mail_outbox", "apart", List.of("m1"));

        relay(new OutboxTable(pool, "apart.mail_outbox", 10), rabbit.amqpUri());

        awaitEmpty("apart.mail_outbox");
        assertThat(new Drain(rabbit.amqpUri(), "apart").ids()).containsExactly("m1");
    }

    private OutboxTable table(String name) {
        new OutboxSchema(pool, name).create();
        return new OutboxTable(pool, name, 100);
    }

    private OutboxRelay relay(OutboxTable table, String uri) {
        var sender = Sender.to(BrokerOptions.of(uri));
        var relay = new OutboxRelay(table, sender, Duration.ofSeconds(5), Duration.ofMillis(200));
        relay.start();
        endings.add(() -> {
            relay.stop();
            sender.close(Duration.ofSeconds(1));
        });
        return relay;
    }

    private List<String> write(String queue, List<String> ids) {
        return write(queue, queue, ids);
    }

    private List<String> write(String table, String queue, List<String> ids) {
        new OutboxTable(pool, table, 1)
                .add(ids.stream()
                        .map(id -> Draft.of(parcel(queue, id, new byte[] {1})))
                        .toList());
        return ids;
    }

    private static Parcel parcel(String queue, String id, byte[] body) {
        return Parcel.tasks(Route.toQueue(queue), new WireMessage(message(id).properties(), body));
    }

    private static WireMessage message(String id) {
        return new WireMessage(WireProperties.json(2, Map.of("id", id, "task", "t.any")), new byte[] {1});
    }

    private void awaitEmpty(String table) {
        await().atMost(SOON).pollInterval(Duration.ofMillis(50)).until(() -> rows(table) == 0);
    }

    private long rows(String table) {
        return rows(table, "1 = 1");
    }

    private long rows(String table, String which) {
        var counted = jdbc.queryForObject("SELECT COUNT(*) FROM %s WHERE %s".formatted(table, which), Long.class);
        return counted == null ? 0 : counted;
    }
}
