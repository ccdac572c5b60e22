package dev.lockdown.cli;

import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.state.InputException;
import java.time.InstantSource;
import java.util.List;

/// Makes the embedded cluster, with a seeded defect if one was typed.
final class EmbeddedClusters {
    private EmbeddedClusters() {}

    /// @param defect empty for none
    /// @throws InputException if there is no such defect, listing those that there are
    static EmbeddedBackend embedded(InstantSource clock, String defect) {
        if (defect.isEmpty()) return EmbeddedBackend.sound(clock);
        try {
            return EmbeddedBackend.defective(clock, List.of(defect));
        } catch (IllegalArgumentException e) {
            throw new InputException("--defect: " + e.getMessage());
        }
    }
}
