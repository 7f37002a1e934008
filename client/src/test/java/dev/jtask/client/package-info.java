@NullMarked
package dev.jtask.client;

import org.jspecify.annotations.NullMarked;
