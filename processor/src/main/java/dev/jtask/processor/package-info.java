/// An annotation processor: what is wrong with a task is a compile error, and who sends it has a typed request.
@Internal
@NullMarked
package dev.jtask.processor;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
