@NullMarked
package dev.jtask.operator.event;

import org.jspecify.annotations.NullMarked;
