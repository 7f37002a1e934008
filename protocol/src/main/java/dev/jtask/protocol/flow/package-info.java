/// Work flows as Celery's signatures, and as the messages that start them.
@Internal
@NullMarked
package dev.jtask.protocol.flow;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
