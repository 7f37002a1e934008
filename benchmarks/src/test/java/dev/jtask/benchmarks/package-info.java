@NullMarked
package dev.jtask.benchmarks;

import org.jspecify.annotations.NullMarked;
