/// The Deployment of a pool: what it shall be, as a pure function with one small class for each concern, and whether
/// the one that runs is that.
@NullMarked
package dev.jtask.operator.workload;

import org.jspecify.annotations.NullMarked;
