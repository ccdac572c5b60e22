package dev.lockdown.cluster;

import java.util.Optional;

/// What a cluster has a place for, known before anything is made in it. Thread-safe.
public interface Provision {
    /// One that refuses nothing beforehand.
    Provision ALL = _ -> Optional.empty();

    /// Why a scenario is skipped on this cluster, to follow "skipped:"; empty where nothing stands against it yet.
    Optional<String> refusal(Requirements requirements);

    /// What a scenario asks for that is known only when it begins: it is skipped where that is not there.
    default Optional<String> condition(Requirements requirements) {
        return Optional.empty();
    }
}
