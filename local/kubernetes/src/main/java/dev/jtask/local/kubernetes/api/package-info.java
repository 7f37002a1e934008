/// A Kubernetes API in this JVM: fabric8's mock server with what production needs added.
@NullMarked
package dev.jtask.local.kubernetes.api;

import org.jspecify.annotations.NullMarked;
