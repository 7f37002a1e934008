package dev.jtask.operator;

import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import io.javaoperatorsdk.operator.api.config.InformerStoppedHandler;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// An informer that ended by an error hears of nothing any more, and nobody starts it again: an operator without it
/// would keep the lease and look alive.
final class InformerEnds implements InformerStoppedHandler {

    private static final Logger LOG = LoggerFactory.getLogger(InformerEnds.class);

    private final Runnable end;

    InformerEnds(Runnable end) {
        this.end = end;
    }

    @Override
    @SuppressWarnings("rawtypes") // as it is declared
    public void onStop(SharedIndexInformer informer, @Nullable Throwable why) {
        if (why != null) {
            LOG.error("this operator hears no more of what it watches, and ends: {} stopped", informer, why);
            end.run();
        }
    }
}
