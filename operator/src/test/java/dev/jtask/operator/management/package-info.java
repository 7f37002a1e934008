@NullMarked
package dev.jtask.operator.management;

import org.jspecify.annotations.NullMarked;
