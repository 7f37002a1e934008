/// The status of a pool: one pure class for each condition, and the merge with the status before.
@NullMarked
package dev.jtask.operator.status;

import org.jspecify.annotations.NullMarked;
