/// Log lines as text or JSON.
@NullMarked
package dev.jtask.worker.app.logging;

import org.jspecify.annotations.NullMarked;
