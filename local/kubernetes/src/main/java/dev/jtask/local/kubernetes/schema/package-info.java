/// What Kubernetes' schemas say of objects: fields, types, and what lists of objects are merged by.
@NullMarked
package dev.jtask.local.kubernetes.schema;

import org.jspecify.annotations.NullMarked;
