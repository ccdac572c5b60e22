/// The executable specification as JUnit tests. One feature, line or tag alone: `-Dcucumber.features=features/dns.feature:22`,
/// `-Dcucumber.filter.tags=@dns`, or from an IDE's gutter.
@NullMarked
package dev.lockdown.features;

import org.jspecify.annotations.NullMarked;
