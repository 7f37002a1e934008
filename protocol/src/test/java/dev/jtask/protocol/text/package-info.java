@NullMarked
package dev.jtask.protocol.text;

import org.jspecify.annotations.NullMarked;
