@NullMarked
package dev.jtask.helm;

import org.jspecify.annotations.NullMarked;
