/// Real private servers for tests and local mode: RabbitMQ with its JUnit extension, Redis, PostgreSQL.
@NullMarked
package dev.jtask.testing;

import org.jspecify.annotations.NullMarked;
