/// The demonstration: real work for the whole system, counted from evidence.
@NullMarked
package dev.jtask.local.demo;

import org.jspecify.annotations.NullMarked;
