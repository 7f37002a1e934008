/// The wire contract as values: Celery message protocol v2; no I/O.
@NullMarked
package dev.jtask.protocol;

import org.jspecify.annotations.NullMarked;
