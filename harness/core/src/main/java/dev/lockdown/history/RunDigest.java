package dev.lockdown.history;

import dev.lockdown.journal.Entry.Status;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;

/// What one run came to on one cluster.
///
/// @param scenarios sorted by feature and line
public record RunDigest(RunInfo info, List<ScenarioDigest> scenarios) {
    private static final int SHAPE_LENGTH = 16;

    public RunDigest {
        scenarios = List.copyOf(scenarios);
    }

    /// The little of it that is read of many runs at once.
    public RunHead head() {
        var medians = new ArrayList<Long>();
        for (var scenario : scenarios) for (var window : scenario.windows()) medians.add(window.medianMicros());
        return new RunHead(info, shape(), scenarios.stream().map(s -> RunHead.Ended.of(s)).toList(), medians);
    }

    /// The same for runs whose scenarios and windows have the same names, in the same order.
    private String shape() {
        var names = scenarios.stream()
            .map(s -> s.key() + s.windows().stream().map(w -> "\n\t%s\t%s\t%s".formatted(w.flow(), w.kind(), w.cause()))
                .collect(Collectors.joining()))
            .collect(Collectors.joining("\n"));
        try {
            var hash = MessageDigest.getInstance("SHA-256").digest(names.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, SHAPE_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    public RunDigest with(RunInfo other) {
        return new RunDigest(other, scenarios);
    }

    /// How many of its scenarios ended so.
    public long count(Status status) {
        return scenarios.stream().filter(s -> s.worst() == status).count();
    }
}
