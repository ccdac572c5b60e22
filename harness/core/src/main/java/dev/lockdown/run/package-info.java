/// The life of one run of the specification, the same from the command line and under JUnit: its folder and lock, its journal, its
/// reports, the older runs that go, and the exit status.
///
/// Enter at [RecordedRun]. [ExitStatus] is what a run comes to, [RunArtifacts] what it leaves besides its journal. Depends on spec,
/// report and journal.
@NullMarked
package dev.lockdown.run;

import org.jspecify.annotations.NullMarked;
