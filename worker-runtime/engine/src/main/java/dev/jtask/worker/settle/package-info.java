/// What follows of an outcome: decided purely as an [dev.jtask.worker.settle.Ending], then carried out.
@NullMarked
package dev.jtask.worker.settle;

import org.jspecify.annotations.NullMarked;
