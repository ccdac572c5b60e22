package dev.lockdown.cluster;

import java.time.Duration;

/// How probes are made.
///
/// @param deadline how long a probe may wait for its answer; three staggered attempts are made within it
/// @param payload bytes that an open flow must carry each way besides the nonce, 0 for none
public record Dialling(Duration deadline, int payload) {
    public static final Dialling DEFAULT = new Dialling(Duration.ofMillis(1500), 0);
}
