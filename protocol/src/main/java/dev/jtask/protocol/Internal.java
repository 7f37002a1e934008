package dev.jtask.protocol;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Public only because other packages of jtask need it: it may change with any release. Single types of such a package
/// may be promised all the same; the architecture tests list what is. A method that carries it is no promise of its
/// type.
@Documented
@Retention(RetentionPolicy.CLASS)
@Target({ElementType.PACKAGE, ElementType.TYPE, ElementType.METHOD})
public @interface Internal {}
