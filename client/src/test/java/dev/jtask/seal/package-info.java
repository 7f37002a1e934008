@NullMarked
package dev.jtask.seal;

import org.jspecify.annotations.NullMarked;
