/// The Kubernetes API server that pods can dial: HTTP over TLS, with the certificate that it shows.
///
/// Enter at [ApiServer]. Depends on controlplane, whose [dev.lockdown.cluster.embedded.controlplane.Snapshot] it answers from.
@NullMarked
package dev.lockdown.cluster.embedded.api;

import org.jspecify.annotations.NullMarked;
