/// Celery's remote control from the asking side.
@NullMarked
package dev.jtask.client.control;

import org.jspecify.annotations.NullMarked;
