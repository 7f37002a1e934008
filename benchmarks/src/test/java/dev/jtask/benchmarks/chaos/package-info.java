@NullMarked
package dev.jtask.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
