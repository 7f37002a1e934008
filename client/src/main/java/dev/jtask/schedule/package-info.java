/// Tasks by the clock: when they are due, and which of several schedulers sends them.
@NullMarked
package dev.jtask.schedule;

import org.jspecify.annotations.NullMarked;
