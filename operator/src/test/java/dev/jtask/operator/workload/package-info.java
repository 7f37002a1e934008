@NullMarked
package dev.jtask.operator.workload;

import org.jspecify.annotations.NullMarked;
