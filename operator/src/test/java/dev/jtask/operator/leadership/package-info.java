@NullMarked
package dev.jtask.operator.leadership;

import org.jspecify.annotations.NullMarked;
