/// How the worker process writes its log.
@NullMarked
package dev.jtask.worker.logging;

import org.jspecify.annotations.NullMarked;
