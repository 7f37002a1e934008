/// The life of a pool, from its first reconcile to its end.
@NullMarked
package dev.jtask.operator.reconcile;

import org.jspecify.annotations.NullMarked;
