/// What a pool's history looks like in `kubectl describe`.
@NullMarked
package dev.jtask.operator.event;

import org.jspecify.annotations.NullMarked;
