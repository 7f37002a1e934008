/// A Kubernetes API on this machine: fabric8's mock server with what production needs added, or a real kube-apiserver.
@NullMarked
package dev.jtask.local.kubernetes.api;

import org.jspecify.annotations.NullMarked;
