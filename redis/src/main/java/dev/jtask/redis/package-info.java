/// The result store for `redis://` and `rediss://`.
@NullMarked
package dev.jtask.redis;

import org.jspecify.annotations.NullMarked;
