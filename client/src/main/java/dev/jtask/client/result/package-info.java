/// Handles of what was sent, and the ways by which results come back.
@NullMarked
package dev.jtask.client.result;

import org.jspecify.annotations.NullMarked;
