package dev.lockdown.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/// What a soak costs while it goes on: the difference between a long one and a short one, each a process of its own with a heap of 512 MB.
final class SoakCost {
    private static final int FLOWS = 50;
    private static final Duration SHORT = Duration.ofSeconds(4);

    private final WholeProcess processes;

    SoakCost(WholeProcess processes) {
        this.processes = processes;
    }

    /// @param lasting how much longer the long one goes on
    /// @return the processor's time of a second, with what a second writes in its words
    Figure of(Duration lasting, Goal goal) {
        try {
            var folder = Files.createTempDirectory("lockdown-bench");
            try {
                var feature = Files.writeString(folder.resolve("soak.feature"), feature());
                var brief = run(feature, folder.resolve("brief"), SHORT);
                var whole = run(feature, folder.resolve("whole"), SHORT.plus(lasting));
                double seconds = lasting.toMillis() / 1000.0;
                var what = String.format(Locale.ROOT, "%s flows every 5 ms, %,d bytes a second", FLOWS,
                    Math.round((whole.bytes - brief.bytes) / seconds));
                var processor = Duration.ofNanos(Math.round((whole.processor.toNanos() - brief.processor.toNanos()) / seconds));
                return new Figure(what, goal, List.of(new Sample(processor, processor)), 0);
            } finally {
                processes.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private record Cost(Duration processor, long bytes) {}

    private Cost run(Path feature, Path reports, Duration lasting) throws IOException {
        var processor = processes.processor(List.of("-Xmx512m"),
            List.of("run", feature.toString(), "--for", lasting.toSeconds() + "s", "--report", reports.toString()));
        try (var files = Files.walk(reports)) {
            long bytes = files.filter(f -> f.endsWith("samples.jsonl")).mapToLong(f -> f.toFile().length()).sum();
            return new Cost(processor, bytes);
        }
    }

    private static String feature() {
        var flows = new StringBuilder();
        IntStream.range(0, FLOWS).forEach(i -> flows.append("      | bench/pod-%s | bench/pod-%s | TCP/8080 |\n".formatted(i % 10,
            i / 10 == i % 10 ? 9 - i / 10 : i / 10)));
        var pods = new StringBuilder();
        IntStream.range(0, 10).forEach(i -> pods.append("      | bench/pod-%s | app=app-%s | TCP/8080 |\n".formatted(i, i)));
        return """
            Feature: Soak

              @soak
              Scenario: What is allowed stays open
                Given the pods
                  | pod | labels | serves |
            %s    And these flows are watched every 5 ms
                  | from | to | ports |
            %s    When these happen at random for 1 s
                  | "bench/pod-0" is relabelled "app=other" for 50 ms |
                Then "bench/pod-1" to "bench/pod-2" on TCP/8080 was never shut for longer than 10 s
            """.formatted(pods.toString(), flows.toString());
    }
}
