@NullMarked
package dev.jtask.protocol.control;

import org.jspecify.annotations.NullMarked;
