package dev.jtask.operator.queue;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.operator.fake.Pools;
import dev.jtask.operator.management.QueueDeclaration;
import dev.jtask.operator.management.QueueDeclaration.Binding;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeclarationsTest {

    @Test
    void aQueueWithoutDeclareIsUsedAsItIs() {
        assertThat(declarations("{name: orders}")).isEmpty();
    }

    @Test
    void theDeadLetterQueueComesFirst() {
        assertThat(declarations("{name: orders, declare: {type: quorum, deliveryLimit: 20, deadLetter: true}}"))
                .containsExactly(
                        new QueueDeclaration(
                                "orders.dead",
                                Map.of("x-queue-type", "quorum", "x-delivery-limit", Integer.MAX_VALUE),
                                Binding.NONE),
                        new QueueDeclaration(
                                "orders",
                                Map.of(
                                        "x-queue-type", "quorum",
                                        "x-delivery-limit", 20,
                                        "x-dead-letter-exchange", "",
                                        "x-dead-letter-routing-key", "orders.dead"),
                                Binding.OWN_EXCHANGE));
    }

    @Test
    void everyLimitBecomesItsArgument() {
        var spec = "{name: q, declare: {type: classic, deadLetter: false, maxLength: 100, overflow: reject-publish,"
                + " messageTtl: 1h, maxPriority: 10}}";

        assertThat(declarations(spec).getLast().arguments())
                .containsEntry("x-queue-type", "classic")
                .containsEntry("x-max-length", 100)
                .containsEntry("x-overflow", "reject-publish")
                .containsEntry("x-message-ttl", 3_600_000L)
                .containsEntry("x-max-priority", 10)
                .doesNotContainKey("x-dead-letter-exchange");
    }

    @Test
    void deliveriesMayTakeAsLongAsItSays() {
        assertThat(declarations("{name: q, declare: {type: classic, consumerTimeout: 2h}}")
                        .getLast()
                        .arguments())
                .containsEntry("x-consumer-timeout", 7_200_000L);
        assertThat(declarations("{name: q, declare: {type: quorum}}").getLast().arguments())
                .doesNotContainKey("x-consumer-timeout");
    }

    @Test
    void deliveriesMayTakeAsLongAsADrain() {
        var spec = Pools.pool("queues: [{name: q, declare: {type: quorum}}, {name: c, declare: {type: classic}}]")
                .getSpec();
        var drain = Duration.ofHours(3);

        assertThat(Declarations.of(spec.queues().getFirst(), drain).getLast().arguments())
                .containsEntry("x-consumer-timeout", 10_860_000L);
        assertThat(Declarations.of(spec.queues().getLast(), drain).getLast().arguments())
                .as("a classic queue, for which RabbitMQ 4.3 refuses it")
                .doesNotContainKey("x-consumer-timeout");
    }

    private static List<QueueDeclaration> declarations(String queue) {
        var pool = Pools.pool("queues: [" + queue + "]");
        return Declarations.of(pool.getSpec().queues().getFirst(), Duration.ofMinutes(5));
    }
}
