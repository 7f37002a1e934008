@NullMarked
package dev.jtask.processor;

import org.jspecify.annotations.NullMarked;
