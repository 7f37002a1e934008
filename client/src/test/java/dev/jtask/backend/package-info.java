@NullMarked
package dev.jtask.backend;

import org.jspecify.annotations.NullMarked;
