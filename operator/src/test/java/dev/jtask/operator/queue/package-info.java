@NullMarked
package dev.jtask.operator.queue;

import org.jspecify.annotations.NullMarked;
