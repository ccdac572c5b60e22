package dev.lockdown.cluster;

import dev.lockdown.flow.Probe;
import java.time.Duration;
import java.util.Comparator;
import java.util.Map;

/// How probes are made.
///
/// @param deadline how long a probe may wait for its answer; three staggered attempts are made within it
/// @param payload bytes that an open flow must carry each way besides the nonce, 0 for none
/// @param own the deadlines of those that have another one
public record Dialling(Duration deadline, int payload, Map<Probe, Duration> own) {
    public static final Dialling DEFAULT = new Dialling(Duration.ofMillis(1500), 0);

    public Dialling {
        own = Map.copyOf(own);
    }

    /// One and the same for all probes.
    public Dialling(Duration deadline, int payload) {
        this(deadline, payload, Map.of());
    }

    /// How long this probe may wait.
    public Duration deadline(Probe probe) {
        return own.getOrDefault(probe, deadline);
    }

    /// How this probe alone is made.
    public Dialling of(Probe probe) {
        return new Dialling(deadline(probe), payload);
    }

    /// How long the slowest may wait.
    public Duration longest() {
        return own.values().stream().max(Comparator.naturalOrder()).filter(d -> d.compareTo(deadline) > 0).orElse(deadline);
    }
}
