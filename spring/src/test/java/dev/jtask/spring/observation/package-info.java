@NullMarked
package dev.jtask.spring.observation;

import org.jspecify.annotations.NullMarked;
