/// A Kubernetes API that runs in a test: enough of it for [dev.lockdown.cluster.kubernetes], with pods whose agents really run, in the
/// network of an embedded cluster that really enforces.
///
/// Enter at [StubApi]; what goes wrong on purpose is in [FaultInjection].
@NullMarked
package dev.lockdown.cluster.kubernetes.stub;

import org.jspecify.annotations.NullMarked;
