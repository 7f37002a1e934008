/// The operator: reconciles pools, and the wiring of its parts.
@NullMarked
package dev.jtask.operator;

import org.jspecify.annotations.NullMarked;
