/// What stands between a message and its task, one step a file, in the order of [dev.jtask.worker.Assembly].
@NullMarked
package dev.jtask.worker.steps;

import org.jspecify.annotations.NullMarked;
