/// The Quarkus operator: Deployments, broker probing, the scaling loop, status.
@NullMarked
package dev.jtask.operator;

import org.jspecify.annotations.NullMarked;
