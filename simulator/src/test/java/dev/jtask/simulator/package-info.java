@NullMarked
package dev.jtask.simulator;

import org.jspecify.annotations.NullMarked;
