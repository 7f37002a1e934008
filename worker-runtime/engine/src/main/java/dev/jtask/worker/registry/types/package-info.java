/// Whether a Java type can come from JSON and go to it, by asking the mapper that will do it.
@Internal
@NullMarked
package dev.jtask.worker.registry.types;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
