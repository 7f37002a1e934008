@NullMarked
package dev.jtask.protocol.time;

import org.jspecify.annotations.NullMarked;
