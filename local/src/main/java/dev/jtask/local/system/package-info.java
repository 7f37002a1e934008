/// The parts of jtask put together on one machine.
@NullMarked
package dev.jtask.local.system;

import org.jspecify.annotations.NullMarked;
