/// A run on a terminal: live while it goes on, and each failure in the manner of a compiler.
///
/// Enter at [Terminal], a listener of the journal; [Diagnosis] turns one failure into lines. What the terminal can show is a
/// [Screen], decided at the edge. Depends on report.
@NullMarked
package dev.lockdown.report.text;

import org.jspecify.annotations.NullMarked;
