@NullMarked
package dev.jtask.operator.victim;

import org.jspecify.annotations.NullMarked;
