/// Consumers: slots, acknowledgement, drain, health; library, main and image.
@NullMarked
package dev.jtask.worker;

import org.jspecify.annotations.NullMarked;
