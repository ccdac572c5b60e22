/// The seeded defects: ways for the data plane to misbehave, so that a specification can show that it would notice.
///
/// Enter at [Defects]; their names are in [Defect]. Depends on netpol.
@NullMarked
package dev.lockdown.cluster.embedded.defect;

import org.jspecify.annotations.NullMarked;
