/// What stands in for brokers and Kubernetes in tests.
@NullMarked
package dev.jtask.operator.fake;

import org.jspecify.annotations.NullMarked;
