/// What arrives, when, and how long it takes: synthetic, or from a trace.
@NullMarked
package dev.jtask.simulator.load;

import org.jspecify.annotations.NullMarked;
