@NullMarked
package dev.jtask.broker.talk;

import org.jspecify.annotations.NullMarked;
