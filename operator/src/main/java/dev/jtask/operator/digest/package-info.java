/// Short forms of long texts: to know them again, and to tell of them.
@NullMarked
package dev.jtask.operator.digest;

import org.jspecify.annotations.NullMarked;
