/// What is told of a task: states, results and errors on the wire and in Redis.
@NullMarked
package dev.jtask.protocol.result;

import org.jspecify.annotations.NullMarked;
