/// A broker, a result store and a worker without a network, under a clock that a test moves.
@Internal
@NullMarked
package dev.jtask.test.memory;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
