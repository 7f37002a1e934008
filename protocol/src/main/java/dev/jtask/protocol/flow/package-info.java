/// Work flows as Celery's signatures, and as the messages that start them.
@NullMarked
package dev.jtask.protocol.flow;

import org.jspecify.annotations.NullMarked;
