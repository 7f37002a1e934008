/// The transactional outbox: messages are written beside the application's data, in its transactions, and a relay
/// brings them to the broker.
@Internal
@NullMarked
package dev.jtask.spring.outbox;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
