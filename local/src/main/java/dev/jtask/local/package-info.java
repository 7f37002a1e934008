/// The whole system on one machine: real broker, production operator, worker processes.
@NullMarked
package dev.jtask.local;

import org.jspecify.annotations.NullMarked;
