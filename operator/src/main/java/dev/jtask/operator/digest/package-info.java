/// Short forms of long texts, to know them again.
@NullMarked
package dev.jtask.operator.digest;

import org.jspecify.annotations.NullMarked;
