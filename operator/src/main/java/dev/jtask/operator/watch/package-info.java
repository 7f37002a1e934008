/// Looks at the brokers that pools use: one for each broker and tick, fewer while one does not answer.
@NullMarked
package dev.jtask.operator.watch;

import org.jspecify.annotations.NullMarked;
