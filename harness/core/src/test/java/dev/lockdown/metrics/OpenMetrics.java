package dev.lockdown.metrics;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads OpenMetrics text 1.0 by its ABNF, and refuses whatever is not of it: families whose lines are not together, samples that are no
/// part of their family, labels that come twice, a unit that the name does not end with, a missing end.
public final class OpenMetrics {
    private static final Pattern DESCRIPTOR = Pattern.compile("# (TYPE|UNIT|HELP) ([a-zA-Z_:][a-zA-Z0-9_:]*) (.*)");
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\\n]|\\\\[\\\\\"n])*)\"(,|$)");
    private static final Map<String, List<String>> SUFFIXES =
        Map.of("gauge", List.of(""), "summary", List.of("", "_count", "_sum", "_created"));

    final Map<String, String> types = new LinkedHashMap<>();
    final Map<String, String> units = new HashMap<>();
    public final List<Sample> samples = new ArrayList<>();
    private final Set<Object> seen = new HashSet<>();
    private String family = "";

    public record Sample(String name, Map<String, String> labels, double value) {}

    public static OpenMetrics of(String text) {
        var metrics = new OpenMetrics();
        if (!text.endsWith("# EOF\n")) throw new AssertionError("it does not end with # EOF and a line feed");
        text.substring(0, text.length() - "# EOF\n".length()).lines().forEach(metrics::line);
        metrics.units.forEach((name, unit) -> require(name.endsWith("_" + unit), name + " does not end with its unit " + unit));
        return metrics;
    }

    private void line(String line) {
        if (line.startsWith("#")) descriptor(line);
        else sample(line);
    }

    private void descriptor(String line) {
        var match = DESCRIPTOR.matcher(line);
        require(match.matches(), "no descriptor: " + line);
        begin(match.group(2));
        var kind = match.group(1);
        require(seen.add(List.of(kind, family)), "twice: " + line);
        if (kind.equals("TYPE")) types.put(family, match.group(3));
        if (kind.equals("UNIT")) units.put(family, match.group(3));
        if (kind.equals("TYPE")) require(SUFFIXES.containsKey(match.group(3)), "a type that older collectors do not know: " + line);
    }

    private void begin(String name) {
        if (name.equals(family)) return;
        require(seen.add(name), "the lines of %s are not together".formatted(name));
        family = name;
    }

    private void sample(String line) {
        var match = SAMPLE.matcher(line);
        require(match.matches(), "no sample, or one with a time: " + line);
        var type = types.get(family);
        require(type != null && SUFFIXES.get(type).stream().anyMatch(s -> match.group(1).equals(family + s)),
            "%s is no sample of %s".formatted(match.group(1), family));
        var labels = labels(match.group(2), line);
        require(labels.containsKey("quantile") == (type.equals("summary") && match.group(1).equals(family)), "quantile: " + line);
        require(seen.add(List.of(match.group(1), labels)), "twice the same series: " + line);
        samples.add(new Sample(match.group(1), labels, Double.parseDouble(match.group(3))));
    }

    private static Map<String, String> labels(String text, String line) {
        var labels = new LinkedHashMap<String, String>();
        if (text == null) return labels;
        var label = LABEL.matcher(text);
        int at = 0;
        while (at < text.length()) {
            require(label.find(at) && label.start() == at, "labels: " + line);
            var value = label.group(2).replace("\\\\", "\0").replace("\\n", "\n").replace("\\\"", "\"").replace("\0", "\\");
            require(labels.put(label.group(1), value) == null, "a label twice: " + line);
            at = label.end();
        }
        return labels;
    }

    private static void require(boolean condition, String problem) {
        if (!condition) throw new AssertionError(problem);
    }

    double value(String name, String... labels) {
        var wanted = new HashMap<String, String>();
        for (int i = 0; i < labels.length; i += 2) wanted.put(labels[i], labels[i + 1]);
        var found = samples.stream().filter(s -> s.name.equals(name) && s.labels.entrySet().containsAll(wanted.entrySet())).toList();
        require(found.size() == 1, "%s%s is there %d times".formatted(name, wanted, found.size()));
        return found.getFirst().value;
    }
}
