package dev.jtask.testing;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/// Gives a test class a [RabbitMqNode] as a parameter of its methods and constructor: one node for all classes of the
/// JVM, so queues need names of their own.
@Target(ElementType.TYPE)
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(RabbitMqExtension.class)
public @interface RabbitMqTest {}
