/// A real private RabbitMQ node for tests and local mode, and its JUnit extension.
@NullMarked
package dev.jtask.testing;

import org.jspecify.annotations.NullMarked;
