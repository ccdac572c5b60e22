package dev.lockdown.nightly;

import dev.lockdown.history.FlowVerdict;
import dev.lockdown.manifest.yaml.YamlText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// The file of deviations that a night would need to be good: what was known and still is so, and what fails in it. A person gives the
/// reasons, or takes an entry out.
public record DeviationProposal(Findings findings, Deviations known) {
    /// More flows than this are not listed one by one: the scenario as a whole is.
    private static final int MOST_FLOWS = 5;

    public String yaml() {
        var entries = new ArrayList<Map<String, Object>>();
        known.all().stream().filter(d -> findings.cells().stream().flatMap(c -> c.judged().stream())
            .noneMatch(j -> j.counts() == Judged.Counts.MENDED && j.deviations().contains(d))).forEach(d -> entries.add(entry(d)));
        for (var cell : findings.cells())
            for (var judged : cell.judged()) if (judged.counts() == Judged.Counts.FAILED) fresh(cell, judged, entries);
        return YamlText.of(Map.of("deviations", entries.stream().distinct().toList()));
    }

    private static Map<String, Object> entry(Deviation deviation) {
        var entry = entry(deviation.cni(), deviation.versions() == null ? null : deviation.versions().text(), deviation.feature(),
            deviation.scenario(), deviation.flow(), deviation.reason(), deviation.link());
        if (deviation.sometimes()) entry.put("sometimes", true);
        return entry;
    }

    private static void fresh(Findings.OfCell cell, Judged judged, List<Map<String, Object>> entries) {
        var digest = cell.digest();
        var plugin = digest == null ? null : Plugin.of(digest.info()).stream().findFirst().orElse(null);
        if (plugin == null) return;
        var scenario = judged.scenario();
        var differing = judged.differing().stream().map(FlowVerdict::flow).distinct().toList();
        var flows = differing.isEmpty() || differing.size() > MOST_FLOWS ? Stream.<@Nullable String>of((String) null)
            : differing.stream().map(Object::toString);
        var reason = Objects.requireNonNullElse(scenario.problem(), "it fails");
        flows.forEach(flow -> entries.add(entry(plugin.name(), plugin.version() == null ? null : plugin.version().toString(),
            scenario.feature(), scenario.key().name(), flow, reason, null)));
    }

    private static Map<String, Object> entry(String cni, @Nullable String versions, @Nullable String feature, @Nullable String scenario,
            @Nullable String flow, String reason, @Nullable String link) {
        var entry = new LinkedHashMap<String, Object>();
        entry.put("cni", cni);
        if (versions != null) entry.put("versions", versions);
        if (feature != null) entry.put("feature", feature);
        if (scenario != null) entry.put("scenario", scenario);
        if (flow != null) entry.put("flow", flow);
        entry.put("reason", reason);
        if (link != null) entry.put("link", link);
        return entry;
    }
}
