/// Work flows as Celery's signatures, and as the messages that start them: used by the client, and by workers for what
/// follows a task. Pure. Users build flows with the types of `dev.jtask.client`.
@NullMarked
package dev.jtask.client.canvas;

import org.jspecify.annotations.NullMarked;
