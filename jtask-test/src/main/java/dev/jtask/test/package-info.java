/// Tests of tasks and of those who send them: the real worker in this process, under a clock that the test moves, or
/// on a real broker.
@NullMarked
package dev.jtask.test;

import org.jspecify.annotations.NullMarked;
