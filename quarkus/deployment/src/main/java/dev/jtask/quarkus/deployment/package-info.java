/// jtask in Quarkus, while an application is built: what is a task, a stub or a schedule, and what is wrong with one.
@Internal
@NullMarked
package dev.jtask.quarkus.deployment;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
