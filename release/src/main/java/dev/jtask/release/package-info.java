/// Whether what is built can be published. `make bundle` asks it.
@NullMarked
package dev.jtask.release;

import org.jspecify.annotations.NullMarked;
