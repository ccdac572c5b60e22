package dev.lockdown.metrics;

import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.Unit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Samples of one name.
final class Gauges {
    private final String name;
    private final String help;
    private final @Nullable Unit unit;
    private final List<GaugeDataPointSnapshot> samples = new ArrayList<>();

    /// @param unit with which the name ends, or null
    Gauges(String name, String help, @Nullable Unit unit) {
        this.name = name;
        this.help = help;
        this.unit = unit;
    }

    Gauges(String name, String help) {
        this(name, help, null);
    }

    /// @param labels names and values in turns; none twice in the same family
    void add(double value, String... labels) {
        samples.add(GaugeDataPointSnapshot.builder().value(value).labels(Labels.of(labels)).build());
    }

    int size() {
        return samples.size();
    }

    GaugeSnapshot snapshot() {
        var snapshot = GaugeSnapshot.builder().name(name).help(help);
        if (unit != null) snapshot.unit(unit);
        samples.forEach(snapshot::dataPoint);
        return snapshot.build();
    }
}
