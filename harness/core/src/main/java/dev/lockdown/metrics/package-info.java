/// Runs and nights as metrics in OpenMetrics' text, in a file that node-exporter's textfile collector reads.
///
/// [RunMetrics] makes them of digests, [NightMetrics] of a night, [MetricsFile] writes them. Every sample is a gauge or a summary without a
/// time, which is what that collector's older text format has, too. Series that would grow with what fails are bounded by
/// [RunMetrics#MOST_SERIES].
@NullMarked
package dev.lockdown.metrics;

import org.jspecify.annotations.NullMarked;
