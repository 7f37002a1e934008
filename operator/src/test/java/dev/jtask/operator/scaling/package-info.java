@NullMarked
package dev.jtask.operator.scaling;

import org.jspecify.annotations.NullMarked;
