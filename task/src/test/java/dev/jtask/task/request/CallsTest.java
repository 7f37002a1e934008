package dev.jtask.task.request;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.protocol.message.JtaskHeaders;
import dev.jtask.protocol.message.TimeLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallsTest {

    private static final Instant LATER = Instant.parse("2026-11-23T12:00:00Z");

    @Test
    void areSentAsTheRequestSays() {
        var one = TaskRequest.of("t.print", "to")
                .kwarg("copies", 2)
                .queue("printers")
                .eta(LATER)
                .expires(LATER.plusSeconds(60))
                .timeLimits(null, Duration.ofSeconds(3))
                .priority(7)
                .ignoringResult()
                .publishRetry(PublishRetry.NONE)
                .header("tenant", "blue")
                .link(TaskRequest.of("t.next"))
                .errorLink(TaskRequest.of("t.undo"));

        var calls = Calls.map(one, List.of("a", "b"));

        assertThat(calls.options()).isEqualTo(one.options());
        var message = calls.message("id").build();
        assertThat(message.eta()).isEqualTo(LATER);
        assertThat(message.timeLimits()).isEqualTo(new TimeLimits(3.0, null));
        assertThat(message.embed().callbacks().findValuesAsText("task")).containsExactly("t.next");
        assertThat(message.embed().errbacks().findValuesAsText("task")).containsExactly("t.undo");
        assertThat(message.kwargs()).hasToString("""
                {"task":{"task":"t.print","args":["to"],"kwargs":{"copies":2},"options":{},\
                "subtask_type":null,"immutable":false},"it":["a","b"]}""");
    }

    @Test
    void chunksOfOneKeyAreNotTakenForOne() {
        var once = TaskRequest.of("t.pay").idempotencyKey("order-7", Duration.ofMinutes(5));

        var chunks = Calls.chunks(once, List.of(List.of(1), List.of(2), List.of(3)), 2);

        assertThat(chunks.members())
                .map(part -> ((TaskRequest<?>) part).options().headers().get(JtaskHeaders.IDEMPOTENCY_KEY))
                .containsExactly("order-7/1", "order-7/2");
        assertThat(Calls.starmap(once, List.of(List.of(1))).options()).isEqualTo(once.options());
    }
}
