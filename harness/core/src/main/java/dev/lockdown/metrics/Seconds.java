package dev.lockdown.metrics;

import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Quantile;
import io.prometheus.metrics.model.snapshots.Quantiles;
import io.prometheus.metrics.model.snapshots.SummarySnapshot;
import io.prometheus.metrics.model.snapshots.SummarySnapshot.SummaryDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.List;

/// How times of one name are distributed: a summary with the median, the 0.9 quantile, and the longest.
final class Seconds {
    private static final List<Double> QUANTILES = List.of(0.5, 0.9, 1.0);

    private final String name;
    private final String help;
    private final List<SummaryDataPointSnapshot> samples = new ArrayList<>();

    Seconds(String name, String help) {
        this.name = name;
        this.help = help;
    }

    /// @param micros sorted, at least one
    /// @param count of all times, of which those are a sample
    void add(List<Long> micros, long count, String... labels) {
        var quantiles = QUANTILES.stream().map(q -> new Quantile(q, quantile(micros, q) / 1e6)).toList();
        samples.add(SummaryDataPointSnapshot.builder().quantiles(Quantiles.of(quantiles)).count(count).labels(Labels.of(labels)).build());
    }

    private static long quantile(List<Long> sorted, double q) {
        return sorted.get(Math.max(0, (int) Math.ceil(q * sorted.size()) - 1));
    }

    int size() {
        return samples.size();
    }

    SummarySnapshot snapshot() {
        var snapshot = SummarySnapshot.builder().name(name).help(help).unit(Unit.SECONDS);
        samples.forEach(snapshot::dataPoint);
        return snapshot.build();
    }
}
