@NullMarked
package dev.jtask.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
