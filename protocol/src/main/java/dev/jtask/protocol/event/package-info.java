/// What workers tell of themselves and of their tasks, as Celery's events.
@NullMarked
package dev.jtask.protocol.event;

import org.jspecify.annotations.NullMarked;
