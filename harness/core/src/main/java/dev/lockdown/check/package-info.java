/// Features checked without a cluster: everything that cannot be used in them, all at once, before anything starts.
///
/// Enter at [FeaturesCheck], which goes through files and folders. Each is read by [FeatureCheck], which plays its steps on the state that a
/// cluster would have; [CheckText] shows what was found to people, [CheckJson] to machines. Depends on `spec`, whose steps it plays.
@NullMarked
package dev.lockdown.check;

import org.jspecify.annotations.NullMarked;
