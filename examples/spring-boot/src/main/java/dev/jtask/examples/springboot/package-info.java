/// A shop that answers HTTP at once and writes its mails later: docs/spring-boot.md.
@NullMarked
package dev.jtask.examples.springboot;

import org.jspecify.annotations.NullMarked;
