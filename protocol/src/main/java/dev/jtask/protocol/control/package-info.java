/// Celery's remote control as values: requests to workers, whom they are for, and replies.
@Internal
@NullMarked
package dev.jtask.protocol.control;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
