/// What is said beside the tasks, over a connection of its own: events, and remote control.
@Internal
@NullMarked
package dev.jtask.broker.talk;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
