/// A broker, pods and time that jumps from event to event.
@NullMarked
package dev.jtask.simulator.world;

import org.jspecify.annotations.NullMarked;
