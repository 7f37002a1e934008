/// Texts that others wrote, as they are told of.
@Internal
@NullMarked
package dev.jtask.protocol.text;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
