/// What happens in this worker, told to whoever listens on Celery's event exchange.
@NullMarked
package dev.jtask.worker.celery.events;

import org.jspecify.annotations.NullMarked;
