@NullMarked
package dev.jtask.test;

import org.jspecify.annotations.NullMarked;
