/// What workers and clients of both languages tell as Celery's events, for who listens in Java.
@NullMarked
package dev.jtask.client.events;

import org.jspecify.annotations.NullMarked;
