package dev.lockdown.cluster.k3s;

import dev.lockdown.manifest.files.MappingFile;
import java.io.File;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;

/// What k3s promises, read from k3s-contract.yaml beside the tests.
record Contract(Map<String, Fact> facts) {
    /// @param fact in a sentence
    /// @param holds for which versions
    /// @param read where
    record Fact(String fact, String holds, String read, List<String> values) {}

    static Contract read() {
        var file = Objects.requireNonNull(Contract.class.getResource("k3s-contract.yaml")).getPath();
        var facts = MappingFile.read(new File(file).toPath()).only("facts").named("facts");
        return new Contract(facts.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey,
            f -> fact(f.getValue().only("fact", "holds", "read", "values")))));
    }

    private static Fact fact(MappingFile fields) {
        return new Fact(fields.needText("fact", "fact: …"), fields.needText("holds", "holds: v1.36"),
            fields.needText("read", "read: repository file at commit"), fields.texts("values"));
    }

    List<String> of(String name) {
        return Objects.requireNonNull(facts.get(name), name).values();
    }

    String one(String name) {
        var values = of(name);
        if (values.size() != 1) throw new IllegalArgumentException(name + " has " + values);
        return values.getFirst();
    }
}
