/// Tables for a terminal and one page with charts.
@NullMarked
package dev.jtask.simulator.report;

import org.jspecify.annotations.NullMarked;
