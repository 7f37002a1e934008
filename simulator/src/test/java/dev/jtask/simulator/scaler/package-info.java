@NullMarked
package dev.jtask.simulator.scaler;

import org.jspecify.annotations.NullMarked;
