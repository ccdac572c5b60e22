/// Which features and scenarios are meant by what was typed: paths, lines, tags, and the outline of a feature by which they are found.
/// Enter at `FeatureSelection`. Uses Cucumber, and nothing of ours but `state`.
@NullMarked
package dev.lockdown.spec.selection;

import org.jspecify.annotations.NullMarked;
