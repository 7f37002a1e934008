/// Certificates in files, which may be exchanged while we run.
@Internal
@NullMarked
package dev.jtask.tls;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
