@NullMarked
package dev.jtask.release;

import org.jspecify.annotations.NullMarked;
