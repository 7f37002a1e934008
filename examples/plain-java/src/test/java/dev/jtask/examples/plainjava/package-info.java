@NullMarked
package dev.jtask.examples.plainjava;

import org.jspecify.annotations.NullMarked;
