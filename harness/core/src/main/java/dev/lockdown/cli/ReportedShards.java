package dev.lockdown.cli;

import dev.lockdown.journal.Entry;
import dev.lockdown.journal.PlannedShard;
import dev.lockdown.state.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// The shards among the runs that are merged: all must be parts of one run, and a part that is not there has proven nothing.
final class ReportedShards {
    private final List<Part> parts = new ArrayList<>();

    /// @param version of the Lockdown that ran it
    private record Part(Path run, String version, PlannedShard shard) {}

    /// Hears the entries of one run.
    Consumer<Entry> of(Path run) {
        return new Consumer<>() {
            private String version = "";

            @Override
            public void accept(Entry entry) {
                if (entry instanceof Entry.RunStarted started) version = started.version();
                if (entry instanceof Entry.Planned planned && planned.shard() != null)
                    parts.add(new Part(run, version, planned.shard()));
            }
        };
    }

    /// @throws InputException if shards are of different runs
    void requireOfOneRun() {
        if (parts.isEmpty()) return;
        var first = parts.getFirst();
        var problems = new ArrayList<String>();
        for (var part : parts) {
            if (part.shard.of() != first.shard.of())
                problems.add(differs(part, first, Integer.toString(part.shard.of()) + " shards",
                    Integer.toString(first.shard.of())));
            else
                if (!part.version.equals(first.version))
                    problems.add(differs(part, first, "Lockdown " + part.version, first.version));
                else
                    if (!part.shard.whole().equals(first.shard.whole()))
                        problems
                            .add("%s and %s are shards of different features or of different selections".formatted(part.run, first.run));
        }
        if (!problems.isEmpty())
            throw new InputException("%s\n  expected the shards of one run: the same features in the same state, by the same Lockdown"
                .formatted(String.join("\n", problems)));
    }

    private static String differs(Part part, Part first, String its, String other) {
        return "%s is of %s, %s of %s".formatted(part.run, its, first.run, other);
    }

    /// @return in words which are missing, or null
    @Nullable String missing() {
        if (parts.isEmpty()) return null;
        int of = parts.getFirst().shard.of();
        var there = parts.stream().collect(Collectors.groupingBy(p -> p.shard.index(), TreeMap::new, Collectors.counting()));
        var missing = IntStream.rangeClosed(1, of).filter(i -> !there.containsKey(i)).mapToObj(Integer::toString).toList();
        return missing.isEmpty() ? null
            : "%s of %s missing: %s; what they were to run is not known".formatted(
                missing.size() == 1 ? "1 shard" : missing.size() + " shards",
                Objects.toString(of), String.join(", ", missing));
    }
}
