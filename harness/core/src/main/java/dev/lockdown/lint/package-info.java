/// What is valid in manifests and hardly meant: Services, policies, peers and port names that match nothing.
///
/// Enter at [Lint]: a pure function of a cluster's state and of what was written. `SelectorAdvice` says why a selector matches nothing and
/// what was probably meant, `PortAdvice` does so of a port's name. Depends on manifest and policy, so that table, trial and spec may use it.
@NullMarked
package dev.lockdown.lint;

import org.jspecify.annotations.NullMarked;
