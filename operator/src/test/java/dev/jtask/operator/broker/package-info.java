@NullMarked
package dev.jtask.operator.broker;

import org.jspecify.annotations.NullMarked;
