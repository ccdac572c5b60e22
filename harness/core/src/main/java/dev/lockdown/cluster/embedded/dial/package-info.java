/// Dials: turns probes into packets between network namespaces, and what came of them into observations.
///
/// Enter at [DialPlanner], which plans, and at [Dialler], which dials. Depends on probe, on the kernel interfaces, on proxy for the
/// backends of a Service, and on api for its TLS.
@NullMarked
package dev.lockdown.cluster.embedded.dial;

import org.jspecify.annotations.NullMarked;
