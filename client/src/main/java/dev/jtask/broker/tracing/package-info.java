/// OpenTelemetry: traces that go on through messages, and spans where an SDK is present.
@NullMarked
package dev.jtask.broker.tracing;

import org.jspecify.annotations.NullMarked;
