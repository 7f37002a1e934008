/// The Secret that names a broker: read, kept for a while, and told in words when it is of no use.
@NullMarked
package dev.jtask.operator.secret;

import org.jspecify.annotations.NullMarked;
