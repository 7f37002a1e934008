/// Celery's wire protocol as values; here only the mark of what is not for users.
@NullMarked
package dev.jtask.protocol;

import org.jspecify.annotations.NullMarked;
