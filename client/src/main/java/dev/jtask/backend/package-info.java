/// Results that are kept on a server: the port through which clients and workers use it (Celery's result backend).
@NullMarked
package dev.jtask.backend;

import org.jspecify.annotations.NullMarked;
