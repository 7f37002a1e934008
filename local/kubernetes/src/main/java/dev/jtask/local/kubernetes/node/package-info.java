/// A Kubernetes node without containers: Deployment controller and kubelet in one, whose pods are processes.
@NullMarked
package dev.jtask.local.kubernetes.node;

import org.jspecify.annotations.NullMarked;
