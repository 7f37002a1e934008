@NullMarked
package dev.jtask.quarkus;

import org.jspecify.annotations.NullMarked;
