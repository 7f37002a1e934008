package dev.jtask.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Runs the tests of a [JTaskTest] class, or one of them, on a real RabbitMQ: a private server of `jtask-testing`, with
/// a virtual host for each test. On a class that extends the one with the tests, these run both ways.
@Documented
@Inherited
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
public @interface OnRabbitMq {}
