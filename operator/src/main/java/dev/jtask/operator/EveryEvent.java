package dev.jtask.operator;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import io.quarkiverse.operatorsdk.runtime.QuarkusControllerConfiguration;
import java.time.Duration;

/// A controller's configuration with the SDK's `triggerReconcilerOnAllEvents`, which the Quarkus extension drops from
/// the annotation: without it nobody hears of the end of a pool that has no finalizer.
final class EveryEvent<P extends HasMetadata> extends QuarkusControllerConfiguration<P> {

    /// The SDK's own default.
    private static final Duration LONGEST_SILENCE = Duration.ofHours(10);

    EveryEvent(QuarkusControllerConfiguration<P> built, QuarkusConfigurationService parent) {
        super(
                built.getInformerConfig(),
                built.getName(),
                built.isGenerationAware(),
                built.getAssociatedReconcilerClassName(),
                built.getRetry(),
                built.getRateLimiter(),
                built.maxReconciliationInterval().orElse(LONGEST_SILENCE),
                built.getFinalizerName(),
                built.fieldManager(),
                built.getWorkflow(),
                built.getResourceTypeName(),
                built.getResourceClass());
        setParent(parent);
    }

    @Override
    public boolean triggerReconcilerOnAllEvents() {
        return true;
    }
}
