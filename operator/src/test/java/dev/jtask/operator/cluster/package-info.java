@NullMarked
package dev.jtask.operator.cluster;

import org.jspecify.annotations.NullMarked;
