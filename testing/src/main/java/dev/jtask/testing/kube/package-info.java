/// A Kubernetes API in this JVM: fabric8's mock server with what production needs added.
@NullMarked
package dev.jtask.testing.kube;

import org.jspecify.annotations.NullMarked;
