@NullMarked
package dev.jtask.protocol.uri;

import org.jspecify.annotations.NullMarked;
