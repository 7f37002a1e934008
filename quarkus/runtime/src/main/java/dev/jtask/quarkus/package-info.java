/// jtask in Quarkus, at run time: a [dev.jtask.client.TaskClient] to inject, and the worker that runs the tasks of
/// beans.
@Internal
@NullMarked
package dev.jtask.quarkus;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
