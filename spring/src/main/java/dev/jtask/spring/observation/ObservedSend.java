package dev.jtask.spring.observation;

import dev.jtask.broker.tracing.SendTrace;
import dev.jtask.protocol.flow.Routed;
import io.micrometer.observation.Observation;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/// @param task with what the observation has put into its headers
record ObservedSend(Observation observation, Routed task) implements SendTrace {

    @Override
    public void end(@Nullable Throwable failure) {
        try {
            if (failure != null) {
                var cause = failure instanceof CompletionException ? failure.getCause() : null;
                observation.error(cause == null ? failure : cause);
            }
        } finally {
            observation.stop();
        }
    }
}
