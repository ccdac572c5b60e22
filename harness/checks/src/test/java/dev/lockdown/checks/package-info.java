/// The layout of Java files.
///
/// `FormatTest` checks every file of the repository; `./lockdown dev format` enters at `Format` and mends them.
@NullMarked
package dev.lockdown.checks;

import org.jspecify.annotations.NullMarked;
