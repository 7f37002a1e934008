/// Sends tasks by the clock.
@NullMarked
package dev.jtask.client.schedule;

import org.jspecify.annotations.NullMarked;
