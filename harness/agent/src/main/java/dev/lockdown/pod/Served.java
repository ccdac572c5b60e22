package dev.lockdown.pod;

import dev.lockdown.flow.Port;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// What an agent serves.
///
/// @param serves the ports on which it listens
/// @param problems why it does not listen on the others
/// @param lacks protocols of those that its kernel does not have
public record Served(List<String> serves, Map<String, String> problems, List<String> lacks) {
    public static final Served NOTHING = new Served(List.of(), Map.of(), List.of());

    public Served {
        serves = List.copyOf(serves);
        problems = Map.copyOf(problems);
        lacks = List.copyOf(lacks);
    }

    /// What has gone wrong, and is no matter of the kernel's.
    public Map<String, String> failures() {
        var failures = new TreeMap<>(problems);
        failures.keySet().removeIf(port -> lacks.contains(Port.parse(port).protocol().name()));
        return failures;
    }

    /// As members of the body of a line.
    void into(Map<String, @Nullable Object> json) {
        json.put("serves", serves);
        json.put("problems", new LinkedHashMap<>(problems));
        if (!lacks.isEmpty()) json.put("lacks", lacks);
    }

    static Served of(Fields fields) {
        var problems = new LinkedHashMap<String, String>();
        fields.object("problems").forEach((port, why) -> problems.put(port, String.valueOf(why)));
        return new Served(fields.texts("serves"), problems,
            fields.members().containsKey("lacks") ? fields.texts("lacks") : List.of());
    }
}
