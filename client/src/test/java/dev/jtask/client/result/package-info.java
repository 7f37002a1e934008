@NullMarked
package dev.jtask.client.result;

import org.jspecify.annotations.NullMarked;
