@NullMarked
package dev.jtask.client.control;

import org.jspecify.annotations.NullMarked;
