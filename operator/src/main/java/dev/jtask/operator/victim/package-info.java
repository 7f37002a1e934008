/// Which pods go first when a pool shrinks.
@NullMarked
package dev.jtask.operator.victim;

import org.jspecify.annotations.NullMarked;
