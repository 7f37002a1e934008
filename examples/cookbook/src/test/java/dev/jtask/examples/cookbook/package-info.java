@NullMarked
package dev.jtask.examples.cookbook;

import org.jspecify.annotations.NullMarked;
