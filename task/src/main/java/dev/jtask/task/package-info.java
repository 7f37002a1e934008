/// What a task's author needs: the annotation, the context of a run, and the exceptions that say how a run ends.
@NullMarked
package dev.jtask.task;

import org.jspecify.annotations.NullMarked;
