/// What the sender is told, and the ways by which it is told.
@NullMarked
package dev.jtask.worker.results;

import org.jspecify.annotations.NullMarked;
