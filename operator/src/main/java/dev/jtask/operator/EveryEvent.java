package dev.jtask.operator;

import dev.jtask.operator.reconcile.Heard;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.javaoperatorsdk.operator.api.config.informer.InformerConfiguration;
import io.javaoperatorsdk.operator.processing.retry.GenericRetry;
import io.javaoperatorsdk.operator.processing.retry.Retry;
import io.quarkiverse.operatorsdk.runtime.QuarkusConfigurationService;
import io.quarkiverse.operatorsdk.runtime.QuarkusControllerConfiguration;
import java.time.Duration;

/// A controller's configuration with the SDK's `triggerReconcilerOnAllEvents`, which the Quarkus extension drops from
/// the annotation: without it nobody hears of the end of a pool that has no finalizer. It never gives a pool up. An
/// annotation is heard as a change of the spec is, and what the operator writes itself wakes nobody.
final class EveryEvent<P extends HasMetadata> extends QuarkusControllerConfiguration<P> {

    /// A pool that no event and no schedule of its own wakes is looked over all the same.
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);

    /// The SDK gives up after five tries: a pool whose status cannot be written would be forgotten.
    private static final Retry WITHOUT_END = new GenericRetry()
            .setInitialInterval(1_000)
            .setIntervalMultiplier(2)
            .setMaxInterval(30_000)
            .withoutMaxAttempts();

    EveryEvent(QuarkusControllerConfiguration<P> built, QuarkusConfigurationService parent) {
        super(
                InformerConfiguration.builder(built.getInformerConfig())
                        .withOnUpdateFilter(EveryEvent::isNews)
                        .buildForController(),
                built.getName(),
                false,
                built.getAssociatedReconcilerClassName(),
                WITHOUT_END,
                built.getRateLimiter(),
                LONGEST_SILENCE,
                built.getFinalizerName(),
                built.fieldManager(),
                built.getWorkflow(),
                built.getResourceTypeName(),
                built.getResourceClass());
        setParent(parent);
    }

    static boolean isNews(HasMetadata after, HasMetadata before) {
        return !Heard.of(after).equals(Heard.of(before));
    }

    @Override
    public boolean triggerReconcilerOnAllEvents() {
        return true;
    }
}
