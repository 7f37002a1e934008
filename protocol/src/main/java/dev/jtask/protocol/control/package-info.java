/// Celery's remote control as values: requests to workers, whom they are for, and replies.
@NullMarked
package dev.jtask.protocol.control;

import org.jspecify.annotations.NullMarked;
