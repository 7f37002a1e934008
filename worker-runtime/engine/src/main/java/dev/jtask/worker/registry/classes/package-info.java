/// Which methods of which classes are tasks, and the instances that they are called on: reflection, and nothing of
/// jobs.
@Internal
@NullMarked
package dev.jtask.worker.registry.classes;

import dev.jtask.protocol.Internal;
import org.jspecify.annotations.NullMarked;
