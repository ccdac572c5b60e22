package dev.lockdown.nightly.page;

import dev.lockdown.history.RunHead.Ended;
import dev.lockdown.nightly.Deviation;
import dev.lockdown.nightly.Findings;
import dev.lockdown.nightly.FlakeRate;
import dev.lockdown.nightly.Judged.Counts;
import dev.lockdown.verdict.Figures;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What does not count, or not as it would: deviations that are known, scenarios in quarantine, and those that are not the same every time.
record KnownSection(List<OfDeviation> deviations, List<Quarantined> quarantined, Cut<Flake> flakes) {

    /// @param mended the cells where it passes
    /// @param absent those where it passes and is known to fail at times
    record OfDeviation(String words, String reason, String link, String at, List<String> known, List<String> mended, List<String> absent) {
        public boolean isMended() {
            return !mended.isEmpty();
        }
    }

    /// @param cells with how it ended there
    record Quarantined(String name, String place, List<Ending> cells) {}

    record Ending(String cell, Mark mark) {}

    record Flake(String cell, String name, String place, String rate) {}

    static KnownSection of(Findings findings) {
        return new KnownSection(deviations(findings), quarantined(findings), Cut.of(flakes(findings)));
    }

    public boolean isEmpty() {
        return deviations.isEmpty() && quarantined.isEmpty() && flakes.isEmpty();
    }

    public boolean hasDeviations() {
        return !deviations.isEmpty();
    }

    public boolean hasQuarantined() {
        return !quarantined.isEmpty();
    }

    /// What may stand in a page as a link, else empty.
    static String link(Deviation deviation) {
        var link = deviation.link();
        if (link == null) return "";
        try {
            var scheme = new URI(link).getScheme();
            return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme) ? link : "";
        } catch (URISyntaxException _) {
            return "";
        }
    }

    private static List<OfDeviation> deviations(Findings findings) {
        record Seen(Map<String, Integer> known, Map<String, Integer> mended, Map<String, Integer> absent) {}
        var seen = new LinkedHashMap<Deviation, Seen>();
        for (var cell : findings.cells()) for (var judged : cell.judged()) for (var deviation : judged.deviations()) {
            var of = seen.computeIfAbsent(deviation, _ -> new Seen(new LinkedHashMap<>(), new LinkedHashMap<>(), new LinkedHashMap<>()));
            if (judged.counts() == Counts.KNOWN) of.known.merge(cell.cell().name(), 1, Integer::sum);
            if (judged.counts() == Counts.MENDED) of.mended.merge(cell.cell().name(), 1, Integer::sum);
            if (judged.isAbsent()) of.absent.merge(cell.cell().name(), 1, Integer::sum);
        }
        return seen.entrySet().stream()
            .map(e -> new OfDeviation(e.getKey().words(), e.getKey().reason(), link(e.getKey()), e.getKey().at().toString(),
                counted(e.getValue().known), counted(e.getValue().mended), counted(e.getValue().absent)))
            .sorted(Comparator.comparing(d -> !d.isMended())).toList();
    }

    private static List<String> counted(Map<String, Integer> cells) {
        return cells.entrySet().stream().map(e -> "%s (%s)".formatted(e.getKey(), Figures.count(e.getValue(), "scenario"))).toList();
    }

    private static List<Quarantined> quarantined(Findings findings) {
        record Key(String name, String place) {}
        var cells = new LinkedHashMap<Key, List<Ending>>();
        for (var cell : findings.cells())
            for (var judged : cell.judged())
                if (judged.counts() == Counts.QUARANTINED)
                    cells.computeIfAbsent(new Key(judged.scenario().key().name(), judged.scenario().place()), _ -> new ArrayList<>())
                        .add(new Ending(cell.cell().name(), Mark.of(Ended.of(judged.scenario()))));
        return cells.entrySet().stream().map(e -> new Quarantined(e.getKey().name, e.getKey().place, e.getValue())).toList();
    }

    private static List<Flake> flakes(Findings findings) {
        record Found(Findings.OfCell cell, FlakeRate rate) {}
        return findings.cells().stream().flatMap(c -> c.flakes().stream().map(f -> new Found(c, f)))
            .sorted(Comparator.comparingDouble((Found f) -> -(double) f.rate.otherwise() / f.rate.runs()))
            .map(f -> flake(f.cell, f.rate)).toList();
    }

    private static Flake flake(Findings.OfCell cell, FlakeRate rate) {
        var digest = cell.digest();
        if (digest == null) throw new IllegalArgumentException("rates are of the newest digest");
        var scenario = digest.scenarios().get(rate.scenario());
        return new Flake(cell.cell().name(), scenario.key().name(), scenario.place(),
            "%s of %s nights otherwise, %s %%".formatted(Integer.toString(rate.otherwise()), Integer.toString(rate.runs()),
                Math.round(100.0 * rate.otherwise() / rate.runs())));
    }
}
