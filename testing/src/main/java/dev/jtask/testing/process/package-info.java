/// Child processes that never outlive this one, and what they are given.
@NullMarked
package dev.jtask.testing.process;

import org.jspecify.annotations.NullMarked;
