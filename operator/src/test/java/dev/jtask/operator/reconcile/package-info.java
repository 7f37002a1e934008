@NullMarked
package dev.jtask.operator.reconcile;

import org.jspecify.annotations.NullMarked;
