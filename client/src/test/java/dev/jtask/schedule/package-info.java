@NullMarked
package dev.jtask.schedule;

import org.jspecify.annotations.NullMarked;
