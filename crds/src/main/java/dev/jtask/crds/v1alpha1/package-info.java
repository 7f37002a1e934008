/// The custom resources as Java types and the generated YAML.
@NullMarked
package dev.jtask.crds.v1alpha1;

import org.jspecify.annotations.NullMarked;
