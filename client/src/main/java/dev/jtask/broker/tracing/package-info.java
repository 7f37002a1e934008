/// Traces that go on through messages: spans where OpenTelemetry's SDK is present, or what somebody makes in its place.
@Internal
@NullMarked
package dev.jtask.broker.tracing;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
