/// What happens in this worker, told to whoever listens on Celery's event exchange.
@NullMarked
package dev.jtask.worker.events;

import org.jspecify.annotations.NullMarked;
