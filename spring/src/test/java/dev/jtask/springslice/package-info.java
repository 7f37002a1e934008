@NullMarked
package dev.jtask.springslice;

import org.jspecify.annotations.NullMarked;
