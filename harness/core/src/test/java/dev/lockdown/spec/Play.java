package dev.lockdown.spec;

import dev.lockdown.cluster.embedded.EmbeddedBackend;
import dev.lockdown.journal.Entry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Runs the text of a feature on embedded clusters.
final class Play {
    final List<Entry> journal = Collections.synchronizedList(new ArrayList<>());
    final List<Ending> endings;

    private Play(Path feature) {
        try (var backend = EmbeddedBackend.sound(InstantSource.system())) {
            endings = Specification.select(List.of(feature.toString()), 1, List.of())
                .run(new Session(backend, journal::add, InstantSource.system(), () -> false), 1);
        }
    }

    static Play of(Path folder, String feature) throws IOException {
        return new Play(Files.writeString(folder.resolve("play.feature"), feature));
    }

    /// What the first step that did not pass said.
    String problem() {
        for (var entry : List.copyOf(journal)) {
            if (entry instanceof Entry.StepFinished step && step.problem() != null) return step.problem();
            if (entry instanceof Entry.ScenarioFinished scenario && scenario.problem() != null) return scenario.problem();
        }
        return "";
    }
}
