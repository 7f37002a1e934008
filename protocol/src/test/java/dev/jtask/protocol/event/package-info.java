@NullMarked
package dev.jtask.protocol.event;

import org.jspecify.annotations.NullMarked;
