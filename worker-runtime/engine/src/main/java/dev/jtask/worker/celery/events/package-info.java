/// What happens in this worker, told to whoever listens on Celery's event exchange.
@Internal
@NullMarked
package dev.jtask.worker.celery.events;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
