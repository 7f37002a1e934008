@NullMarked
package dev.jtask.operator.digest;

import org.jspecify.annotations.NullMarked;
