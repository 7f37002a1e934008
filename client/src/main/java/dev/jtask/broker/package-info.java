/// The broker: connections, and one way to publish so that the broker surely has it.
@NullMarked
package dev.jtask.broker;

import org.jspecify.annotations.NullMarked;
