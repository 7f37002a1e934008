/// The tasks that the demo runs.
@NullMarked
package dev.jtask.examples.quickstart;

import org.jspecify.annotations.NullMarked;
