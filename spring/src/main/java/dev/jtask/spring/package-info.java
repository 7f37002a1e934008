/// jtask in Spring Boot: a [dev.jtask.client.TaskClient] to inject, interfaces that send, beans whose methods are
/// tasks.
@NullMarked
package dev.jtask.spring;

import org.jspecify.annotations.NullMarked;
