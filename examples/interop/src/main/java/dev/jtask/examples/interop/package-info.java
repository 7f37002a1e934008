/// Tasks with which the two languages try each other.
@NullMarked
package dev.jtask.examples.interop;

import org.jspecify.annotations.NullMarked;
