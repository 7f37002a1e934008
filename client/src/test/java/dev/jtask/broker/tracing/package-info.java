@NullMarked
package dev.jtask.broker.tracing;

import org.jspecify.annotations.NullMarked;
