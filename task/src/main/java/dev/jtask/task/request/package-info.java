/// What is sent: a task with its arguments and options, and work flows of several. Values.
@NullMarked
package dev.jtask.task.request;

import org.jspecify.annotations.NullMarked;
