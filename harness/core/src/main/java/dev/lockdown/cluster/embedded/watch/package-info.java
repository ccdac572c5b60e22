/// Samples of flows at a fixed rate, from inside the pods' namespaces. Enter at `FlowWatcher`. May use `dial` and `kernel`.
@NullMarked
package dev.lockdown.cluster.embedded.watch;

import org.jspecify.annotations.NullMarked;
