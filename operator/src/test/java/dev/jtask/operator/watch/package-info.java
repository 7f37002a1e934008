@NullMarked
package dev.jtask.operator.watch;

import org.jspecify.annotations.NullMarked;
