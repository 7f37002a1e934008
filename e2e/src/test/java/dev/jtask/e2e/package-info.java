/// Tests on a real cluster, through what its users have: helm, kubectl, the client. `make e2e` runs them.
///
/// - `KUBECONFIG`: the cluster, with the images of `make image` and rights to create namespaces.
/// - `JTASK_E2E_HOST`: the address of this machine as pods see it; the broker runs here, on loopback, behind relays.
/// - `JTASK_E2E_API_SERVER`: the process id of the cluster's API server, where it runs on this machine and may be
///   stopped for half a minute. Without it the tests that do so are skipped.
/// - `JTASK_E2E_NODE`: `true` where the cluster's node is this machine, so that processes of pods are seen from here
///   and may be stopped by their id. Without it the tests that do so are skipped.
/// - `JTASK_E2E_POOLS`: how many pools are many; 1000 by default.
///
/// All classes share one installation in the namespaces `jtask-e2e` and `jtask-e2e-lost`, which are deleted at the end.
@NullMarked
package dev.jtask.e2e;

import org.jspecify.annotations.NullMarked;
