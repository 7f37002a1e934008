/// Where servers are and who we are to them: their URIs, read in one place and shown without credentials.
@Internal
@NullMarked
package dev.jtask.protocol.uri;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
