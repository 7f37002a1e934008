@NullMarked
package dev.jtask.examples.quarkus;

import org.jspecify.annotations.NullMarked;
