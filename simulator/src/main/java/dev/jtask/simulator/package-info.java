/// Loads in simulated time, and what scalers make of them; `make simulate`.
@NullMarked
package dev.jtask.simulator;

import org.jspecify.annotations.NullMarked;
