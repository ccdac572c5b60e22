/// The command line: arguments in, exit status out.
///
/// Enter at [Main]. May use everything; nothing may use it.
@NullMarked
package dev.lockdown.cli;

import org.jspecify.annotations.NullMarked;
