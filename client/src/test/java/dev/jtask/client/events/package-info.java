@NullMarked
package dev.jtask.client.events;

import org.jspecify.annotations.NullMarked;
