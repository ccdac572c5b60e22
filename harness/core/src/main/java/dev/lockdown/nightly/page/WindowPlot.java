package dev.lockdown.nightly.page;

import dev.lockdown.history.RunDigest;
import dev.lockdown.history.RunHead;
import dev.lockdown.history.ScenarioDigest;
import dev.lockdown.history.WindowDigest;
import dev.lockdown.nightly.Findings;
import dev.lockdown.verdict.Figures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How long windows of one watched flow lasted, cell below cell on one scale, and how their medians went over the nights.
///
/// @param what they are, and after which change
/// @param least and `greatest`, the ends of the scale, in words
record WindowPlot(String flow, String what, String scenario, String place, String least, String greatest, List<Row> rows) {
    static final int WIDTH = 200;

    /// @param ticks an SVG path, a tick for each that lasted so long; empty where none ended
    /// @param median where it stands, in the same box
    /// @param words the same as text
    record Row(String cell, String ticks, String median, String words, Trend trend, String trendWords) {
        public boolean hasTicks() {
            return !ticks.isEmpty();
        }
    }

    private record Key(ScenarioDigest.Key scenario, String flow, String kind, String cause) {}

    /// @param medians of the nights, the newest last
    private record Sample(String cell, String place, WindowDigest window, List<Long> medians) {}

    static List<WindowPlot> of(List<Findings.OfCell> cells) {
        var samples = new LinkedHashMap<Key, List<Sample>>();
        for (var cell : cells) if (cell.digest() != null) gather(cell.cell().name(), cell.digest(), cell.heads(), samples);
        return samples.entrySet().stream().map(WindowPlot::plot).toList();
    }

    private static void gather(String cell, RunDigest digest, List<RunHead> heads, Map<Key, List<Sample>> samples) {
        if (digest.scenarios().stream().allMatch(s -> s.windows().isEmpty())) return;
        var shape = digest.head().shape();
        var alike = heads.stream().filter(h -> h.shape().equals(shape)).toList();
        int number = 0;
        for (var scenario : digest.scenarios()) for (var window : scenario.windows()) {
            int at = number++;
            var key = new Key(scenario.key(), window.flow(), window.kind().name(), window.cause());
            samples.computeIfAbsent(key, _ -> new ArrayList<>())
                .add(new Sample(cell, scenario.place(), window, alike.stream().map(h -> h.medianMicros().get(at)).toList()));
        }
    }

    private static WindowPlot plot(Map.Entry<Key, List<Sample>> of) {
        var key = of.getKey();
        var samples = of.getValue();
        var all = samples.stream().flatMap(s -> s.window.micros().stream()).mapToLong(Long::longValue).summaryStatistics();
        long least = all.getCount() == 0 ? 1 : Math.max(1, all.getMin());
        long greatest = all.getCount() == 0 ? 1 : Math.max(least, all.getMax());
        return new WindowPlot(key.flow,
            key.kind.toLowerCase(Locale.ROOT).replace('_', ' ') + (key.cause.isEmpty() ? "" : " after " + key.cause), key.scenario.name(),
            samples.getFirst().place, micros(least), micros(greatest), samples.stream().map(s -> row(s, least, greatest)).toList());
    }

    private static Row row(Sample sample, long least, long greatest) {
        var window = sample.window;
        var trend = Trend.of(sample.medians);
        var ticks = ticks(window.micros().stream().map(m -> x(m, least, greatest)).distinct().toList());
        return new Row(sample.cell, ticks, Long.toString(x(Math.max(1, window.medianMicros()), least, greatest)), words(window), trend,
            trend.isDrawn() ? "%s to %s, %s".formatted(micros(trend.least()), micros(trend.greatest()), CellRow.nights(trend))
                : "");
    }

    /// @param places sorted
    private static String ticks(List<Long> places) {
        var path = new StringBuilder();
        long before = -1;
        for (var place : places) {
            if (before < 0) path.append('M').append(place).append(" 2v8");
            else path.append('m').append(place - before).append("-8v8");
            before = place;
        }
        return path.toString();
    }

    private static String words(WindowDigest window) {
        var unended = window.unended() == 0 ? "" : ", %s not over".formatted(Integer.toString(window.unended()));
        if (window.micros().isEmpty()) return "none ended" + unended;
        return window.count() == 1 ? micros(window.medianMicros()) + unended
            : "%s · median %s%s".formatted(Figures.count(window.count(), "time"), micros(window.medianMicros()), unended);
    }

    /// On a logarithmic scale, since windows of clusters differ by orders of magnitude.
    private static long x(long micros, long least, long greatest) {
        if (least == greatest) return WIDTH / 2;
        return Math.round(2 + (WIDTH - 4) * (Math.log(Math.max(1, micros)) - Math.log(least)) / (Math.log(greatest) - Math.log(least)));
    }

    private static String micros(long micros) {
        return Figures.duration(Duration.ofNanos(micros * 1000));
    }
}
