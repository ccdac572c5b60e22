/// Who reaches whom in somebody's manifests: expected beside observed, flow by flow.
///
/// Enter at [DescribedStates] for what the manifests describe, at [LiveState] for what a cluster has, and at [Surveyor] to
/// probe it; a [Survey] is the result. Depends on trial.
@NullMarked
package dev.lockdown.table;

import org.jspecify.annotations.NullMarked;
