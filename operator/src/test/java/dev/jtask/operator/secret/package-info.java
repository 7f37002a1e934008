@NullMarked
package dev.jtask.operator.secret;

import org.jspecify.annotations.NullMarked;
