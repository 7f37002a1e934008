/// Messages and results under the keys of a JWK set: encrypted as JWE, signed as detached JWS.
@Internal
@NullMarked
package dev.jtask.jose;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
