/// The result store for `redis://` and `rediss://`.
@Internal
@NullMarked
package dev.jtask.redis;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
