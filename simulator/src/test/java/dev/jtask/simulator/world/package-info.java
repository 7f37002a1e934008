@NullMarked
package dev.jtask.simulator.world;

import org.jspecify.annotations.NullMarked;
