package dev.lockdown.cluster.kubernetes;

import java.time.Duration;

/// How long things on a cluster may take.
///
/// @param pause between two looks
/// @param request one call of the API, until its answer
/// @param starting all pods of a change, until they run
/// @param answering a running pod's agent, until its first word
/// @param going pods and namespaces, until they are gone
/// @param account a new namespace's service account, until it is there
/// @param silence of an agent, until its stream counts as broken
/// @param travel of a request and its response, beside the deadline of the dials
/// @param patience see [dev.lockdown.cluster.Capabilities]
/// @param settling see there
record Deadlines(Duration pause, Duration request, Duration starting, Duration answering, Duration going, Duration account,
        Duration silence,
        Duration travel, Duration patience, Duration settling) {
    static final Deadlines USUAL =
        new Deadlines(Duration.ofMillis(150), Duration.ofSeconds(10), Duration.ofSeconds(120), Duration.ofSeconds(20),
            Duration.ofSeconds(90), Duration.ofSeconds(15), Duration.ofSeconds(5), Duration.ofSeconds(10), Duration.ofSeconds(10),
            Duration.ofSeconds(30));
}
