/// Who set which field: server-side apply and the record it keeps in `metadata.managedFields`, after the algorithm of
/// `sigs.k8s.io/structured-merge-diff`.
@NullMarked
package dev.jtask.local.kubernetes.ownership;

import org.jspecify.annotations.NullMarked;
