/// Many tasks under many faults, and an oracle that knows from elsewhere what became of each.
@NullMarked
package dev.jtask.benchmarks.chaos;

import org.jspecify.annotations.NullMarked;
