@NullMarked
package dev.jtask.operator.time;

import org.jspecify.annotations.NullMarked;
