package dev.jtask.operator;

import jakarta.inject.Singleton;
import org.eclipse.microprofile.health.HealthCheck;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.Liveness;

/// An operator whose loop stands still looks at no broker and sizes no pool, and only a new process helps.
@Liveness
@Singleton
public final class LoopGoesOn implements HealthCheck {

    private final LoopDriver loop;

    LoopGoesOn(LoopDriver loop) {
        this.loop = loop;
    }

    @Override
    public HealthCheckResponse call() {
        return HealthCheckResponse.named("The loop goes on")
                .status(!loop.isStuck())
                .build();
    }
}
