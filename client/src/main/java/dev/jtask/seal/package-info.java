/// What protects messages and results between those who have the same keys: the port, behind which keys and
/// algorithms are an artifact of their own.
@Internal
@NullMarked
package dev.jtask.seal;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
