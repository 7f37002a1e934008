@NullMarked
package dev.jtask.operator.depth;

import org.jspecify.annotations.NullMarked;
