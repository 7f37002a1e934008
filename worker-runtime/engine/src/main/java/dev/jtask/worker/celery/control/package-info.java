/// Celery's remote control: commands from `celery inspect`, `celery control`, Flower and other workers.
@NullMarked
package dev.jtask.worker.celery.control;

import org.jspecify.annotations.NullMarked;
