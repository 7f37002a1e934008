/// The broker side: connections, consumers, acknowledgement, prefetch.
@NullMarked
package dev.jtask.worker.delivery;

import org.jspecify.annotations.NullMarked;
