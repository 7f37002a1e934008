/// How the operator knows again what it has seen.
@NullMarked
package dev.jtask.operator.digest;

import org.jspecify.annotations.NullMarked;
