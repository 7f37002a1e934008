/// OpenTelemetry: traces that go on through messages, and spans where an SDK is present.
@Internal
@NullMarked
package dev.jtask.broker.tracing;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
