package dev.jtask.worker.fakes;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.List;

/// The OpenTelemetry SDK of this process while it is open: keeps spans, or breaks.
public final class Tracer implements AutoCloseable {

    /// When a tracer throws.
    public enum Breaks {
        NEVER,
        AT_THE_START,
        AT_THE_END
    }

    private final InMemorySpanExporter spans = InMemorySpanExporter.create();

    public Tracer(Breaks when) {
        GlobalOpenTelemetry.resetForTest();
        var _ = OpenTelemetrySdk.builder()
                .setTracerProvider(SdkTracerProvider.builder()
                        .addSpanProcessor(SimpleSpanProcessor.create(spans))
                        .addSpanProcessor(new Broken(when))
                        .build())
                .setPropagators(ContextPropagators.create(W3CTraceContextPropagator.getInstance()))
                .buildAndRegisterGlobal();
    }

    public List<SpanData> spans() {
        return spans.getFinishedSpanItems();
    }

    @Override
    public void close() {
        GlobalOpenTelemetry.resetForTest();
    }

    private record Broken(Breaks when) implements SpanProcessor {

        @Override
        public void onStart(Context parent, ReadWriteSpan span) {
            if (when == Breaks.AT_THE_START) {
                throw new NoSuchMethodError("a tracer of another version");
            }
        }

        @Override
        public boolean isStartRequired() {
            return true;
        }

        @Override
        public void onEnd(ReadableSpan span) {
            if (when == Breaks.AT_THE_END) {
                throw new IllegalStateException("a tracer that breaks");
            }
        }

        @Override
        public boolean isEndRequired() {
            return true;
        }
    }
}
