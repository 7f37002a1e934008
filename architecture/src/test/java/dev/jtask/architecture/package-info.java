@NullMarked
package dev.jtask.architecture;

import org.jspecify.annotations.NullMarked;
