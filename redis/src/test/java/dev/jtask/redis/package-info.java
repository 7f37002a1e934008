@NullMarked
package dev.jtask.redis;

import org.jspecify.annotations.NullMarked;
