@NullMarked
package dev.jtask.jose;

import org.jspecify.annotations.NullMarked;
