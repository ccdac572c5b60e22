package dev.lockdown.cli;

import dev.lockdown.cluster.EnvironmentException;

/// Runs the specification as `run` asks for it.
final class SpecRunner {
    private final Surroundings surroundings;

    SpecRunner(Surroundings surroundings) {
        this.surroundings = surroundings;
    }

    /// @throws EnvironmentException if this machine cannot
    ExitStatus run(RunOptions options) {
        surroundings.err().println("nothing runs yet: " + options);
        return ExitStatus.INCONCLUSIVE;
    }
}
