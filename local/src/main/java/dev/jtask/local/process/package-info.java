/// Child processes that never outlive this one.
@NullMarked
package dev.jtask.local.process;

import org.jspecify.annotations.NullMarked;
