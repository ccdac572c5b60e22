/// A run as the XML that CI systems read, known by the name of JUnit.
///
/// Enter at [JunitXml]. Depends on report, and on its text for the failures' messages.
@NullMarked
package dev.lockdown.report.junit;

import org.jspecify.annotations.NullMarked;
