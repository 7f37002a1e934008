@NullMarked
package dev.jtask.e2e;

import org.jspecify.annotations.NullMarked;
