/// Features checked without a cluster: everything that cannot be used in them, all at once, before anything starts.
///
/// Enter at [FeaturesCheck], which goes through files and folders; [CheckText] shows what it found to people, [CheckJson] to machines. How
/// steps are understood is in spec, on which this depends.
@NullMarked
package dev.lockdown.check;

import org.jspecify.annotations.NullMarked;
