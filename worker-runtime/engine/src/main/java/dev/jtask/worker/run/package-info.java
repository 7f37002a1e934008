/// From a delivery to an outcome: one message is read, passes the steps and is called.
@Internal
@NullMarked
package dev.jtask.worker.run;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
