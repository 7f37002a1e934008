@NullMarked
package dev.jtask.operator;

import org.jspecify.annotations.NullMarked;
