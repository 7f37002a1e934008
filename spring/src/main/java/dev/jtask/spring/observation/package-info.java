/// What Micrometer's observations tell of tasks, in place of OpenTelemetry's spans.
@Internal
@NullMarked
package dev.jtask.spring.observation;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
