/// A program without a framework that sends a task and waits for its result.
@NullMarked
package dev.jtask.examples.plainjava;

import org.jspecify.annotations.NullMarked;
