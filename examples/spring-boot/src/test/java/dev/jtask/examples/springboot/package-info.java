@NullMarked
package dev.jtask.examples.springboot;

import org.jspecify.annotations.NullMarked;
