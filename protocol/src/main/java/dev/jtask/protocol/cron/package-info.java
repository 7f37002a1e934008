/// Times as people write them into schedules and windows: cron's five fields. Values; no clock.
@Internal
@NullMarked
package dev.jtask.protocol.cron;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
