package dev.lockdown.journal;

import dev.lockdown.flow.Observation;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// One line of the journal. Entries of one scenario carry its id and stand in order; those of scenarios that ran at the same
/// time interleave.
public sealed interface Entry {
    Instant at();

    /// @param id names the run's folder, such as `20261122-140311`
    /// @param command what was typed, to be typed again
    record RunStarted(Instant at, String id, String version, String cluster, long seed, List<String> command) implements Entry {
        public RunStarted {
            command = List.copyOf(command);
        }
    }

    /// What was selected, before the first scenario starts.
    ///
    /// @param scenarios how many of each feature, by the feature's path, in the order of the files
    record Planned(Instant at, Map<String, Integer> scenarios) implements Entry {
        public Planned {
            scenarios = Collections.unmodifiableMap(new LinkedHashMap<>(scenarios));
        }
    }

    /// @param scenario unique in the run
    /// @param feature the feature's path as it was given
    /// @param line of the scenario, or of its row in an outline's examples
    record ScenarioStarted(Instant at, String scenario, String feature, String featureName, @Nullable String rule, String name, int line,
            List<String> tags) implements Entry {
        public ScenarioStarted {
            tags = List.copyOf(tags);
        }
    }

    /// The canary's way through open, blocked and open again, before the cluster was trusted.
    ///
    /// @param flows what was tried on every node, direction, protocol and family, one line each
    /// @param blockedAfter from the policy's being sent to the last canary flow's being blocked
    /// @param problem why the cluster is not trusted, or null
    record Canary(Instant at, String scenario, List<String> flows, Duration blockedAfter, @Nullable String problem) implements Entry {
        public Canary {
            flows = List.copyOf(flows);
        }
    }

    /// @param changes in words, such as `policy shop/deny-all applied`
    /// @param manifests the YAML of what was applied, as its author wrote it, if there is any
    /// @param enforced from sent until the sentinels had turned on every node, or null where nothing was awaited
    record Applied(Instant at, String scenario, int line, List<String> changes, List<String> manifests, Instant sent, Instant answered,
            @Nullable Duration enforced) implements Entry {
        public Applied {
            changes = List.copyOf(changes);
            manifests = List.copyOf(manifests);
        }
    }

    /// Raw observations of one round.
    ///
    /// @param purpose `baseline`, `verdict`, `control`, `canary`
    record Observed(Instant at, String scenario, int line, String purpose, List<Observation> observations) implements Entry {
        public Observed {
            observations = List.copyOf(observations);
        }
    }

    /// What the observations of a Then step came to, cell by cell.
    ///
    /// @param title of the table, such as `on TCP/8080`, or empty
    /// @param rounds how often all of them were asked
    /// @param took from the first round to the last
    record Judged(Instant at, String scenario, int line, String title, List<Cell> cells, int rounds, Duration took) implements Entry {
        public Judged {
            cells = List.copyOf(cells);
        }
    }

    /// One flow's expectation beside its verdict. All texts are for people.
    ///
    /// @param row the source's label and `column` the destination's, where the step was a table; else row is the probe in words
    /// @param line of the table row in the feature, or of the step
    /// @param wanted what the step says: `open`, `blocked`
    /// @param observed `open`, `blocked (dropped)`, `blocked (rejected)`, `mixed`, `inconclusive`
    /// @param how such as `connected, 0.2 ms` or `no answer in 1.5 s`
    /// @param because why the policies demand what they demand
    /// @param evidence controls, source addresses, the data plane's word
    /// @param likely the likely cause where it differs, or null
    /// @param control the grade of the control behind a `blocked`, such as `open in the baseline, listener answering now`, or null
    ///     where there was none or none was needed
    record Cell(String row, @Nullable String column, int line, String wanted, String observed, boolean agrees, String how,
            List<String> because, List<String> evidence, @Nullable String likely, @Nullable String control) {
        public Cell {
            because = List.copyOf(because);
            evidence = List.copyOf(evidence);
        }
    }

    /// @param keyword as written, such as `When`
    /// @param argument the step's table or text as written, without indentation, or null
    /// @param problem the whole message of a step that did not pass, or null
    record StepFinished(Instant at, String scenario, int line, String keyword, String text, @Nullable String argument, Status status,
            Duration took, @Nullable String problem) implements Entry {}

    /// @param problem one line, or null
    record ScenarioFinished(Instant at, String scenario, Status status, Duration took, @Nullable String problem) implements Entry {}

    /// @param problem why the run as a whole was ended or is not what it seems, or null
    record RunFinished(Instant at, int exitStatus, Duration took, @Nullable String problem) implements Entry {}

    enum Status {
        PASSED, FAILED, INCONCLUSIVE, SKIPPED, BROKEN
    }
}
