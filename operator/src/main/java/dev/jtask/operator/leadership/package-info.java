/// Whether this operator may act: the one that holds the lease looks, declares, writes and scales, any other does not.
@NullMarked
package dev.jtask.operator.leadership;

import org.jspecify.annotations.NullMarked;
