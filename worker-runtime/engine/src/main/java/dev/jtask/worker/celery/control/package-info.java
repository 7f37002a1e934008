/// Celery's remote control: commands from `celery inspect`, `celery control`, Flower and other workers.
@Internal
@NullMarked
package dev.jtask.worker.celery.control;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
