/// Time that passes, by a clock that may be put back.
@NullMarked
package dev.jtask.operator.time;

import org.jspecify.annotations.NullMarked;
