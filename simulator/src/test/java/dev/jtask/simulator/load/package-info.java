@NullMarked
package dev.jtask.simulator.load;

import org.jspecify.annotations.NullMarked;
