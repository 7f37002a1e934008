/// A shop that answers HTTP at once and writes its mails later: docs/quarkus.md.
@NullMarked
package dev.jtask.examples.quarkus;

import org.jspecify.annotations.NullMarked;
