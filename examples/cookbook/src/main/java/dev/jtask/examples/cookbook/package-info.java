/// One program for each thing that a task system is asked for.
@NullMarked
package dev.jtask.examples.cookbook;

import org.jspecify.annotations.NullMarked;
