/// Tasks by name: found in classes, called with JSON arguments.
@NullMarked
package dev.jtask.worker.registry;

import org.jspecify.annotations.NullMarked;
