/// What makes a worker one of Celery's: the connection over which it talks with its peers.
@NullMarked
package dev.jtask.worker.celery;

import org.jspecify.annotations.NullMarked;
