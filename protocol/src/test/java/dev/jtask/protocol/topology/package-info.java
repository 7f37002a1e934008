@NullMarked
package dev.jtask.protocol.topology;

import org.jspecify.annotations.NullMarked;
