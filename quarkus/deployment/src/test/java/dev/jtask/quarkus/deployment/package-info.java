@NullMarked
package dev.jtask.quarkus.deployment;

import org.jspecify.annotations.NullMarked;
