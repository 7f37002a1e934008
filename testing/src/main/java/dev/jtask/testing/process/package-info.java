/// Child processes that never outlive this one.
@NullMarked
package dev.jtask.testing.process;

import org.jspecify.annotations.NullMarked;
