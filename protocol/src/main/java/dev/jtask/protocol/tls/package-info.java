/// TLS from PEM texts, the form in which Kubernetes hands certificates to pods.
@Internal
@NullMarked
package dev.jtask.protocol.tls;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
