/// A broker through its management API: one call for all queues, declaring and deleting, and what a refusal means.
@NullMarked
package dev.jtask.operator.management;

import org.jspecify.annotations.NullMarked;
