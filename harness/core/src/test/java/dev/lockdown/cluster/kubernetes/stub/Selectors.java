package dev.lockdown.cluster.kubernetes.stub;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// Selectors as they come in a query.
final class Selectors {
    private static final Pattern SET = Pattern.compile("(\\S+) (in|notin) \\(([^)]*)\\)");

    private Selectors() {}

    static Predicate<JsonNode> of(Call call) {
        return labels(call.query().getOrDefault("labelSelector", "")).and(fields(call.query().getOrDefault("fieldSelector", "")));
    }

    private static Predicate<JsonNode> labels(String text) {
        Predicate<JsonNode> all = _ -> true;
        // A comma within brackets separates values.
        for (var part : text.isEmpty() ? new String[0] : text.split(",(?![^(]*\\))")) all = all.and(label(part.strip()));
        return all;
    }

    private static Predicate<JsonNode> label(String part) {
        var set = SET.matcher(part);
        if (set.matches()) {
            var values = List.of(set.group(3).split(", *"));
            boolean in = set.group(2).equals("in");
            return o -> values.contains(value(o, set.group(1))) == in;
        }
        if (part.startsWith("!")) return o -> !has(o, part.substring(1));
        int different = part.indexOf("!=");
        if (different > 0) return o -> !value(o, part.substring(0, different)).equals(part.substring(different + 2));
        int equal = part.indexOf('=');
        if (equal < 0) return o -> has(o, part);
        var wanted = part.substring(equal).replaceFirst("==?", "");
        return o -> has(o, part.substring(0, equal)) && value(o, part.substring(0, equal)).equals(wanted);
    }

    private static boolean has(JsonNode object, String label) {
        return object.path("metadata").path("labels").has(label);
    }

    private static String value(JsonNode object, String label) {
        return object.path("metadata").path("labels").path(label).asText();
    }

    private static Predicate<JsonNode> fields(String text) {
        var pairs = text.isEmpty() ? List.<String[]>of() : Arrays.stream(text.split(",")).map(p -> p.split("==?", 2)).toList();
        return o -> pairs.stream().allMatch(p -> o.at("/" + p[0].replace('.', '/')).asText().equals(p[1]));
    }
}
