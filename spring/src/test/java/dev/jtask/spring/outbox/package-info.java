@NullMarked
package dev.jtask.spring.outbox;

import org.jspecify.annotations.NullMarked;
