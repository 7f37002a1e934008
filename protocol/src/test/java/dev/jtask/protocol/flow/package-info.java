@NullMarked
package dev.jtask.protocol.flow;

import org.jspecify.annotations.NullMarked;
