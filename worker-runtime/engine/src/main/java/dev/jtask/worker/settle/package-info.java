/// What follows of an outcome: decided purely as an [dev.jtask.worker.settle.Ending], then carried out.
@Internal
@NullMarked
package dev.jtask.worker.settle;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
