/// What the operator reads from Kubernetes and writes to it: the only room with a client.
@NullMarked
package dev.jtask.operator.cluster;

import org.jspecify.annotations.NullMarked;
