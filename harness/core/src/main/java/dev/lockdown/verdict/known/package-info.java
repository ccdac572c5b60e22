/// Which known defect of a network plugin would do what was seen.
///
/// Enter at [DefectSearch]: each defect of the catalogue ([dev.lockdown.verdict.KnownDefect]) is played on the oracle, by showing it the
/// cluster as such a plugin takes it to be ([Misread]); where the oracle then demands what was seen, the evidence fits. Shares nothing with
/// the seeded defects of the embedded cluster, so that each checks the other. Depends on verdict, policy, state and flow.
@NullMarked
package dev.lockdown.verdict.known;

import org.jspecify.annotations.NullMarked;
