package dev.lockdown.history;

import dev.lockdown.journal.Entry.Status;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A scenario as it came out in one run.
///
/// @param occurrence which of those of the same name in the feature, from 1
/// @param statuses of all times that it was run, in their order; at least one
/// @param problem of the worst of them, in one line, or null
/// @param steps of the worst of them
/// @param enforced how long its changes took until they were enforced on every node, in their order
/// @param fates of held connections, in words, with what became of each
public record ScenarioDigest(String feature, String name, int occurrence, int line, List<String> tags, List<Status> statuses, Duration took,
        @Nullable String problem, List<StepDigest> steps, List<WindowDigest> windows, List<Duration> enforced, List<FateDigest> fates) {
    public ScenarioDigest {
        tags = List.copyOf(tags);
        statuses = List.copyOf(statuses);
        steps = List.copyOf(steps);
        windows = List.copyOf(windows);
        enforced = List.copyOf(enforced);
        fates = List.copyOf(fates);
    }

    /// By which it is found again in other runs, where lines may have moved.
    ///
    /// @param name unique in the feature
    public record Key(String feature, String name) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byFeature = feature.compareTo(other.feature);
            return byFeature != 0 ? byFeature : name.compareTo(other.name);
        }
    }

    public Key key() {
        return new Key(feature, occurrence == 1 ? name : "%s (%s)".formatted(name, Integer.toString(occurrence)));
    }

    /// How it ended where it was run once, the worst of its ends where it was run more often.
    public Status worst() {
        return statuses.stream().min(Status::compareTo).orElseThrow();
    }

    /// Whether it passed some of the times that it was run, and not the others. A time that was skipped does not count.
    public boolean isFlaky() {
        return statuses.contains(Status.PASSED) && statuses.stream().anyMatch(Status::isFaulty);
    }

    /// Where it stands: `features/dns.feature:21`.
    public String place() {
        return feature + ":" + line;
    }
}
