package dev.jtask.broker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.jtask.broker.tracing.Telemetry;
import dev.jtask.protocol.message.WireMessage;
import dev.jtask.protocol.message.WireProperties;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.baggage.Baggage;
import io.opentelemetry.api.baggage.propagation.W3CBaggagePropagator;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/// What an agent of OpenTelemetry sees, which tells of each publish by what is present on its thread.
class LaneTracingTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";

    private final FakeConnection connection = new FakeConnection();
    private final List<String> seen = new ArrayList<>();

    @Test
    void aMessageIsPublishedInTheTraceThatItsHeadersName() throws IOException {
        var end = Telemetry.offer(OpenTelemetry.propagating(ContextPropagators.create(TextMapPropagator.composite(
                W3CTraceContextPropagator.getInstance(), W3CBaggagePropagator.getInstance()))));
        try {
            publish(Map.of("traceparent", "00-%s-%s-01".formatted(TRACE, SPAN), "baggage", "tenant=blue"));
            publish(Map.of("own", "header"));
        } finally {
            end.run();
        }

        assertThat(seen)
                .as("and the next one is in none")
                .containsExactly(TRACE + " " + SPAN + " {}", "0".repeat(32) + " " + "0".repeat(16) + " {}");
        assertThat(Span.current().getSpanContext().isValid())
                .as("nothing is left on the thread")
                .isFalse();
    }

    @Test
    void whereNothingIsTracedNothingIsPresent() throws IOException {
        publish(Map.of("traceparent", "00-%s-%s-01".formatted(TRACE, SPAN)));

        assertThat(seen).containsExactly("0".repeat(32) + " " + "0".repeat(16) + " {}");
    }

    private void publish(Map<String, Object> headers) throws IOException {
        connection.broker = (on, message) -> {
            var span = Span.current().getSpanContext();
            seen.add(span.getTraceId() + " " + span.getSpanId() + " "
                    + Baggage.current().asMap());
        };
        Lane.on(connection.connection(), () -> {}, System::nanoTime)
                .publish(new Publication(
                        Parcel.reply(
                                "q",
                                new WireMessage(
                                        WireProperties.json(WireProperties.PERSISTENT, Map.copyOf(headers)),
                                        new byte[0])),
                        Patience.ENDLESS,
                        Publication.Way.TOGETHER,
                        again -> {}));
    }
}
