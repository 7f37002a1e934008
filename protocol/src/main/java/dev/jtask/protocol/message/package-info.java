/// Task messages as values: Celery's protocol, versions 1 and 2, read and written.
@NullMarked
package dev.jtask.protocol.message;

import org.jspecify.annotations.NullMarked;
