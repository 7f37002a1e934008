/// What stands between a message and its task, one step a file, in the order of [dev.jtask.worker.heart.Heart].
@Internal
@NullMarked
package dev.jtask.worker.steps;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
