/// Producers: send with publisher confirms, read results.
@NullMarked
package dev.jtask.client;

import org.jspecify.annotations.NullMarked;
