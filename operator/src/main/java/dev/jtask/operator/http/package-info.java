/// What the operator asks over HTTP, of brokers and of pods.
@NullMarked
package dev.jtask.operator.http;

import org.jspecify.annotations.NullMarked;
