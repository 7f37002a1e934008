/// From a decoded task to an outcome, on as many threads as there are slots.
@NullMarked
package dev.jtask.worker.execution;

import org.jspecify.annotations.NullMarked;
