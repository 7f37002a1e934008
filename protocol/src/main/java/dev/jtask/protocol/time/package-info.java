/// Time that passes, by a clock that may be put back.
@Internal
@NullMarked
package dev.jtask.protocol.time;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
