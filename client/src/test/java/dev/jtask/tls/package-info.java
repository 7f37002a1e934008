@NullMarked
package dev.jtask.tls;

import org.jspecify.annotations.NullMarked;
