package dev.jtask.broker.tracing;

import io.opentelemetry.api.GlobalOpenTelemetry;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.TracerProvider;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// By whom spans are made: the process's OpenTelemetry, or where nobody has set that, one that a framework keeps for
/// its application. Loaded only where OpenTelemetry's API is.
public final class Telemetry {

    private static final List<Offer> OFFERED = new CopyOnWriteArrayList<>();

    /// One for each that offers: two may offer the same.
    private static final class Offer {
        private final OpenTelemetry application;

        private Offer(OpenTelemetry application) {
            this.application = application;
        }
    }

    private Telemetry() {}

    /// For all that this process sends and runs, until what is returned is run; of several the last.
    public static Runnable offer(OpenTelemetry application) {
        var offer = new Offer(application);
        OFFERED.add(offer);
        return () -> OFFERED.remove(offer);
    }

    /// One that makes no spans where there is none.
    public static OpenTelemetry present() {
        var offered = List.copyOf(OFFERED);
        if (Tracing.isGlobal()) {
            if (offered.isEmpty() || isGlobalAtWork()) {
                return GlobalOpenTelemetry.get();
            }
        }
        return offered.isEmpty() ? OpenTelemetry.noop() : offered.get(offered.size() - 1).application;
    }

    /// A library that asked for the global one before anybody had set it has made it a no-op for good.
    static boolean isGlobalAtWork() {
        return !TracerProvider.noop().equals(GlobalOpenTelemetry.get().getTracerProvider());
    }

    static boolean isOffered() {
        return !OFFERED.isEmpty();
    }
}
