/// The broker: connections, and one way to publish so that the broker surely has it.
@Internal
@NullMarked
package dev.jtask.broker;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
