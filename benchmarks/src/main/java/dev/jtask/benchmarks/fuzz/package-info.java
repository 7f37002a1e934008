/// Malformed messages of all kinds between good ones, each accounted for.
@NullMarked
package dev.jtask.benchmarks.fuzz;

import org.jspecify.annotations.NullMarked;
