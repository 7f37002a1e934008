/// From a delivery to an outcome: one message is read, passes the steps and is called.
@NullMarked
package dev.jtask.worker.run;

import org.jspecify.annotations.NullMarked;
