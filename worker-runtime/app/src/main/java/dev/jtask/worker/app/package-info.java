/// The worker as a program: arguments, signals, start and end.
@NullMarked
package dev.jtask.worker.app;

import org.jspecify.annotations.NullMarked;
