/// What workers tell of themselves and of their tasks, as Celery's events.
@Internal
@NullMarked
package dev.jtask.protocol.event;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
