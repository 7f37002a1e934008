package dev.jtask.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.jtask.client.TaskClient;
import dev.jtask.client.TaskName;
import dev.jtask.client.result.Piece;
import dev.jtask.client.result.TaskFailedException;
import dev.jtask.client.result.TaskHandle;
import dev.jtask.client.result.TaskTimeoutException;
import dev.jtask.task.request.Chain;
import dev.jtask.task.request.Group;
import dev.jtask.task.request.TaskRequest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/// Holds in memory and, by [ShopIT], on a real broker.
@JTaskTest
class ShopTest {

    private static final Duration SOON = Duration.ofSeconds(30);

    private final AtomicInteger away = new AtomicInteger();

    @TaskBean
    final Shop shop = new Shop(customer -> {
        if (away.getAndDecrement() > 0) {
            throw new Shop.BankAway();
        }
    });

    /// The shop as those see it who send.
    @TaskName("shop")
    interface ShopTasks {
        TaskHandle<Integer> add(int x, int y);
    }

    @Test
    void aResultComesBack(TaskClient client) {
        assertThat(client.send("shop.add", 2, 3).get(SOON)).isEqualTo(Json.of(5));
    }

    @Test
    void aStubSendsToo(TaskClient client) {
        assertThat(client.stub(ShopTasks.class).add(20, 22).get(SOON)).isEqualTo(42);
    }

    @Test
    void aFutureEndsToo(TaskClient client) {
        var sum = client.send(TaskRequest.of("shop.add", 1, 1).returning(Integer.class));

        assertThat(sum.onComplete().thenApply(two -> two + 1).join()).isEqualTo(3);
    }

    @Test
    void retriesRunInTheirTime(TaskClient client, JTask jtask) {
        away.set(2);
        var charged = client.send("shop.charge", "ada");

        jtask.runDue();
        jtask.assertRun("shop.charge")
                .attempt(1)
                .retriedFor(Shop.BankAway.class)
                .retriedAfter(Duration.ofSeconds(1));
        assertThat(jtask.waiting())
                .singleElement()
                .satisfies(waiting -> assertThat(waiting.task()).isEqualTo("shop.charge"));

        jtask.advance(Duration.ofSeconds(4));
        assertThat(charged.get(SOON).asText()).isEqualTo("charged ada");
        jtask.assertRun("shop.charge").times(3);
        jtask.assertRun("shop.charge").succeeded().attempt(3).once();
        assertThat(jtask.waiting()).isEmpty();
    }

    @Test
    void whoWaitsForAResultLetsRetriesRun(TaskClient client) {
        away.set(1);

        assertThat(client.send("shop.charge", "bob").get(SOON).asText()).isEqualTo("charged bob");
    }

    @Test
    void aFailureIsFinalAfterTheLastRetry(TaskClient client, JTask jtask) {
        away.set(9);
        var charged = client.send("shop.charge", "ada");

        assertThatThrownBy(() -> charged.get(SOON))
                .isInstanceOf(TaskFailedException.class)
                .hasMessageContaining("no answer from the bank");
        jtask.assertRun("shop.charge")
                .failedWith(Shop.BankAway.class)
                .attempt(3)
                .once();
    }

    @Test
    void whatATaskSendsIsSeen(TaskClient client, JTask jtask) {
        var id = client.send(TaskRequest.of("shop.order", "ada").returning(String.class))
                .get(SOON);

        var mail =
                jtask.assertSent("shop.mail").withArgs("ada").to("mails").by(id).once();
        assertThat(mail.arg(0, String.class)).isEqualTo("ada");
        jtask.runDue();
        assertThat(shop.done).containsExactly("mail to ada");
        assertThat(jtask.sent()).extracting(SentTask::task).containsExactly("shop.order", "shop.mail");
    }

    @Test
    void aDelayedTaskWaits(TaskClient client, JTask jtask) {
        client.send(TaskRequest.of("shop.mail", "ada").queue("mails").countdown(Duration.ofSeconds(2)));

        jtask.assertSent("shop.mail").dueIn(Duration.ofSeconds(2));
        jtask.runDue();
        assertThat(shop.done).isEmpty();
        jtask.advance(Duration.ofSeconds(2));
        assertThat(shop.done).containsExactly("mail to ada");
    }

    @Test
    void aTaskAfterItsExpiryIsRevoked(TaskClient client, JTask jtask) {
        var late = client.send(TaskRequest.of("shop.add", 1, 1)
                .countdown(Duration.ofSeconds(2))
                .expires(Duration.ofSeconds(1)));

        assertThat(jtask.waiting())
                .singleElement()
                .satisfies(waiting ->
                        assertThat(waiting.due()).isBeforeOrEqualTo(jtask.now().plusSeconds(1)));
        assertThat(late.await(SOON)).isTrue();
        assertThat(late.status()).isEqualTo("REVOKED");
        jtask.assertRun("shop.add").revoked().once();
    }

    @Test
    void aDeadLetterIsSeenAndSentBack(TaskClient client, JTask jtask) {
        var check = client.send("shop.check", "eve");
        assertThatThrownBy(() -> check.get(SOON)).isInstanceOf(TaskFailedException.class);

        var letter = jtask.assertDeadLetter("shop.check");
        assertThat(letter.reason()).isEqualTo("nobody is called eve");
        assertThat(letter.id()).isEqualTo(check.id());
        assertThat(client.deadLetters("celery").sendBack(check.id())).isEqualTo(1);
    }

    @Test
    void anUnknownTaskIsADeadLetter(TaskClient client, JTask jtask) {
        var unknown = client.send("shop.unknown");

        assertThatThrownBy(() -> unknown.get(SOON)).hasMessageContaining("NotRegistered");
        assertThat(jtask.assertDeadLetter("shop.unknown").reason()).contains("is not registered here");
    }

    @Test
    void progressIsTold(TaskClient client) {
        var order = client.send("shop.order", "ada");
        var told = new CompletableFuture<JsonNode>();
        order.onProgress(told::complete);

        order.get(SOON);

        assertThat(told.orTimeout(10, TimeUnit.SECONDS).join().asText()).isEqualTo("packing");
    }

    @Test
    void piecesAreRead(TaskClient client) {
        var picked = client.send(TaskRequest.of("shop.pick", "ada").withPieces());

        assertThat(picked.pieces(String.class, SOON).map(Piece::value)).containsExactly("boots", "hat");
        assertThat(picked.get(SOON).asInt()).isEqualTo(2);
    }

    @Test
    void piecesOfARetryBeginAnew(TaskClient client) {
        away.set(1);

        var read = new ArrayList<String>();
        client.send(TaskRequest.of("shop.pick", "ada").withPieces())
                .pieces(String.class, SOON)
                .forEach(piece -> {
                    if (piece.isFirst()) {
                        read.clear();
                    }
                    read.add(piece.value());
                });

        assertThat(read).containsExactly("boots", "hat");
    }

    @Test
    void whoReadsPiecesWaitsNoLongerThanHeSays(TaskClient client, JTask jtask) {
        var before = jtask.now();
        var late = client.send(TaskRequest.of("shop.pick", "ada")
                .countdown(Duration.ofSeconds(4))
                .withPieces());

        var none = late.pieces(String.class, Duration.ofSeconds(1));
        assertThatThrownBy(none::toList).isInstanceOf(TaskTimeoutException.class);
        assertThat(jtask.now()).isAfterOrEqualTo(before.plusSeconds(1));
        assertThat(late.pieces(String.class, SOON)).hasSize(2);
    }

    @Test
    void chainsAndGroupsRunToTheirEnd(TaskClient client) {
        var six = client.send(Chain.of(TaskRequest.of("shop.add", 1, 2))
                .then(TaskRequest.of("shop.add", 3).returning(Integer.class)));
        assertThat(six.get(SOON)).isEqualTo(6);

        var both = client.send(Group.of(
                TaskRequest.of("shop.add", 1, 2).returning(Integer.class),
                TaskRequest.of("shop.add", 3, 4).returning(Integer.class)));
        assertThat(both.get(SOON)).containsExactly(3, 7);
    }

    @Test
    void aTaskOfAnotherProgramMayBeALambda(TaskClient client, JTask jtask) {
        jtask.task("py.upper", String.class, text -> text.toUpperCase(Locale.ROOT));

        assertThat(client.send("py.upper", "ada").get(SOON).asText()).isEqualTo("ADA");
    }

    @Test
    void anExchangeRoutesWhereItWasBound(TaskClient client, JTask jtask) {
        jtask.bind("shop", "mail", "mails");

        client.send(TaskRequest.of("shop.mail", "ada").route("shop", "mail"));

        jtask.assertSent("shop.mail").to("shop/mail");
        jtask.runDue();
        jtask.assertRun("shop.mail").succeeded().once();
    }

    @Test
    void severalAreSentAtOnce(TaskClient client, JTask jtask) {
        var sums = client.sendAll(List.of(
                TaskRequest.of("shop.add", 1, 1).returning(Integer.class),
                TaskRequest.of("shop.add", 2, 2).returning(Integer.class)));

        assertThat(sums).extracting(sum -> sum.get(SOON)).containsExactly(2, 4);
        jtask.assertSent("shop.add").times(2);
    }
}
