@NullMarked
package dev.jtask.operator.status;

import org.jspecify.annotations.NullMarked;
