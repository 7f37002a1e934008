@NullMarked
package dev.jtask.broker;

import org.jspecify.annotations.NullMarked;
