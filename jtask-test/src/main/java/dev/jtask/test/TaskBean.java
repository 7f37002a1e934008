package dev.jtask.test;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// A field of a [JTaskTest] whose object's `@Task` methods are the worker's tasks. It is read before the first task
/// runs, so that a method that JUnit calls before each test may set it.
@Documented
@Target(ElementType.FIELD)
@Retention(RetentionPolicy.RUNTIME)
public @interface TaskBean {}
