/// A run for programs: one JSON document with the place and the data of everything that differs, so that a CI needs no journal.
///
/// Enter at [RunJson]; its schema is `run.schema.json`. Depends on report and verdict.
@NullMarked
package dev.lockdown.report.json;

import org.jspecify.annotations.NullMarked;
