package dev.lockdown.journal;

import dev.lockdown.chaos.BeatRun;
import dev.lockdown.chaos.FateVerdict;
import dev.lockdown.chaos.SampleRun;
import dev.lockdown.chaos.TimeVerdict;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.Unattended;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.Observation;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.verdict.Judgement;
import dev.lockdown.verdict.Laggard;
import dev.lockdown.verdict.SentinelPlace;
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
    /// @param base the folder in which it was typed and where relative paths begin, as it is seen from the run's folder, so that both may be
    ///        moved together; null where an earlier Lockdown did not write it
    record RunStarted(Instant at, String id, String version, String cluster, long seed, List<String> command, @Nullable String base)
            implements
                Entry {
        public RunStarted {
            command = List.copyOf(command);
        }

        public RunStarted(Instant at, String id, String version, String cluster, long seed, List<String> command) {
            this(at, id, version, cluster, seed, command, null);
        }
    }

    /// What was selected, before the first scenario starts.
    ///
    /// @param scenarios how many of each feature, by the feature's path, in the order of the files; a run that repeats them counts each time
    /// @param lines of the selected scenarios of each feature; empty where an earlier Lockdown did not write them
    /// @param shard null where all that was selected is run here
    record Planned(Instant at, Map<String, Integer> scenarios, Map<String, List<Integer>> lines, @Nullable PlannedShard shard)
            implements
                Entry {
        public Planned {
            scenarios = Collections.unmodifiableMap(new LinkedHashMap<>(scenarios));
            var copied = new LinkedHashMap<String, List<Integer>>();
            lines.forEach((feature, own) -> copied.put(feature, List.copyOf(own)));
            lines = Collections.unmodifiableMap(copied);
        }

        /// What is selected, each scenario being run so many times.
        public static Planned of(Instant at, Map<String, List<Integer>> lines, int times) {
            return of(at, lines, times, null);
        }

        public static Planned of(Instant at, Map<String, List<Integer>> lines, int times, @Nullable PlannedShard shard) {
            var scenarios = new LinkedHashMap<String, Integer>();
            lines.forEach((feature, own) -> scenarios.put(feature, own.size() * times));
            return new Planned(at, scenarios, lines, shard);
        }
    }

    /// The network plugins of the cluster, as they were when the run started.
    record Plugins(Instant at, List<NetworkPlugin> plugins) implements Entry {
        public Plugins {
            plugins = List.copyOf(plugins);
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
    /// @param flows what was tried on every node, direction, protocol and family
    /// @param blockedAfter from the policy's being sent to the last canary flow's being blocked
    /// @param problem why the cluster is not trusted, or null
    record Canary(Instant at, String scenario, List<SentinelPlace> flows, Duration blockedAfter, @Nullable String problem)
            implements
                Entry {
        public Canary {
            flows = List.copyOf(flows);
        }
    }

    /// Changes of the cluster's state, sent together.
    ///
    /// @param line of the step, or 0 for what was there before the first policy
    /// @param enforced from sent until the sentinels had turned on every node, or null where nothing was awaited or some did not turn
    /// @param laggards the places that did not turn in time
    record Applied(Instant at, String scenario, int line, List<Edit> edits, Instant sent, Instant answered, @Nullable Duration enforced,
            List<Laggard> laggards) implements Entry {
        public Applied {
            edits = List.copyOf(edits);
            laggards = List.copyOf(laggards);
        }
    }

    /// Everything that was asked together, once.
    ///
    /// @param line of the step for which it was asked, or 0
    record Observed(Instant at, String scenario, int line, Purpose purpose, List<Observation> observations) implements Entry {
        public Observed {
            observations = List.copyOf(observations);
        }
    }

    /// What the observations of a verdict step came to: those of the last [Purpose#VERDICT] round before it.
    record Judged(Instant at, String scenario, int line, Judgement judgement) implements Entry {}

    /// Flows are watched from now on; their samples stand in a file of their own.
    ///
    /// @param at when the watch began: its samples count from here
    /// @param watch its number in the scenario, from 1
    /// @param error by how much its times may be off from those of changes, as far as was known then
    record Watched(Instant at, String scenario, int line, int watch, Duration interval, List<WatchedFlow> flows, Duration error)
            implements
                Entry {
        public Watched {
            flows = List.copyOf(flows);
        }

        public Watched(Instant at, String scenario, int line, int watch, Duration interval, List<WatchedFlow> flows) {
            this(at, scenario, line, watch, interval, flows, Duration.ZERO);
        }
    }

    /// Samples of a watched flow, written beside the journal.
    ///
    /// @param flow its place in [Watched#flows]
    /// @param runs one after another, at least one
    record Sampled(Instant at, String scenario, int watch, int flow, List<SampleRun> runs) implements Entry {
        public Sampled {
            if (runs.isEmpty()) throw new IllegalArgumentException("nothing was sampled");
            runs = List.copyOf(runs);
        }

        public Sampled(Instant at, String scenario, int watch, int flow, SampleRun run) {
            this(at, scenario, watch, flow, List.of(run));
        }
    }

    /// How far a watch has come that goes on for long.
    ///
    /// @param samples of all flows so far
    /// @param windows that have been found in them
    /// @param missedTicks samples of each flow that were due and not taken
    record WatchTally(Instant at, String scenario, int watch, long samples, long windows, long missedTicks) implements Entry {}

    /// @param missedTicks samples that were due and not taken
    /// @param error by how much times of samples may be off from those of changes
    record WatchEnded(Instant at, String scenario, int watch, long missedTicks, Duration error) implements Entry {}

    /// What the samples of a watched flow proved of what a step says.
    ///
    /// @param watch of which the times in it count from the beginning
    /// @param untilMicros the samples until then were judged
    /// @param error by how much times of samples may have been off from those of changes
    record Measured(Instant at, String scenario, int line, int watch, WatchedFlow flow, long untilMicros, Duration error,
            TimeVerdict verdict)
            implements
                Entry {
        public Measured(Instant at, String scenario, int line, int watch, WatchedFlow flow, long untilMicros, TimeVerdict verdict) {
            this(at, scenario, line, watch, flow, untilMicros, Duration.ZERO, verdict);
        }
    }

    /// Something is about to be done to the cluster on purpose: written before the deed.
    ///
    /// @param disruption its number in the scenario, from 1
    /// @param words what is done, such as `enforcement pauses`
    /// @param lasting after which it heals, or zero where it heals as soon as it can
    /// @param unattended what becomes of it if the run is killed; null where an earlier Lockdown did not write it
    record Disrupted(Instant at, String scenario, int line, int disruption, String words, Duration lasting,
            @Nullable Unattended unattended) implements Entry {
        public Disrupted(Instant at, String scenario, int line, int disruption, String words, Duration lasting) {
            this(at, scenario, line, disruption, words, lasting, null);
        }
    }

    /// A disruption is over.
    ///
    /// @param at when it was healed
    /// @param enforced how long after that enforcement had been seen to work again on every node, or null where it was not
    /// @param problem why it failed, or could not be healed, or null
    /// @param struck when it was so by the clock of whoever was struck, or null where nobody told it
    record Healed(Instant at, String scenario, int disruption, @Nullable Duration enforced, @Nullable String problem,
            Disruption.@Nullable Struck struck) implements Entry {
        public Healed(Instant at, String scenario, int disruption, @Nullable Duration enforced, @Nullable String problem) {
            this(at, scenario, disruption, enforced, problem, null);
        }
    }

    /// Something of a cluster has been waited for longer than a second.
    ///
    /// @param what is waited for, for people
    /// @param lasted so far
    record Waiting(Instant at, String scenario, String what, Duration lasted, WaitState state) implements Entry {}

    /// What is told of connections that are held open.
    sealed interface OfHeld extends Entry {
        String scenario();

        /// The connection's number in the scenario, from 1.
        int held();
    }

    /// A connection is held open from now on; its beats stand with the samples.
    ///
    /// @param at when it began: its beats count from here
    /// @param interval between two beats of a direction; zero where there is no pause
    record Held(Instant at, String scenario, int line, int held, Duration interval, Flow flow) implements OfHeld {}

    /// Beats of a held connection, written beside the journal.
    record Beats(Instant at, String scenario, int held, BeatRun run) implements OfHeld {}

    /// @param missedBeats of each direction that were due and not sent
    record HeldEnded(Instant at, String scenario, int held, long missedBeats) implements OfHeld {}

    /// What the beats of a held connection proved of what a step says.
    ///
    /// @param thereMicros the last beat of that direction that was known then
    /// @param backMicros the last beat of the other
    record FateMeasured(Instant at, String scenario, int line, int held, Flow flow, long thereMicros, long backMicros, FateVerdict verdict)
            implements
                OfHeld {}

    /// @param column of its keyword, in characters from one
    /// @param keyword as written, such as `When`
    /// @param argument the step's table or text as written, without indentation, or null
    /// @param problem the whole message of a step that did not pass, or null
    record StepFinished(Instant at, String scenario, int line, int column, String keyword, String text, @Nullable String argument,
            Status status,
            Duration took, @Nullable String problem) implements Entry {}

    /// @param problem one line, or null
    /// @param evidence the folder, seen from the run's, of what the cluster told when it failed; or null
    record ScenarioFinished(Instant at, String scenario, Status status, Duration took, @Nullable String problem, @Nullable String evidence)
            implements
                Entry {
        public ScenarioFinished(Instant at, String scenario, Status status, Duration took, @Nullable String problem) {
            this(at, scenario, status, took, problem, null);
        }
    }

    /// @param problem why the run as a whole was ended or is not what it seems, or null
    record RunFinished(Instant at, int exitStatus, Duration took, @Nullable String problem) implements Entry {}

    /// Why something was asked.
    enum Purpose {
        /// What is open when the pods are up and before the first policy.
        BASELINE,
        /// A round of a verdict step.
        VERDICT,
        /// Whether what was silent in a verdict's round would have worked without the policies.
        CONTROL,
        /// The sentinels' look at whether a change is enforced everywhere.
        SENTINEL,
        /// What is open right before a change, to be compared with what is open afterwards.
        BEFORE_CHANGE,
        /// By which address a server sees a client.
        SOURCE_ADDRESS
    }

    /// How far a wait has come.
    enum WaitState {
        GOES_ON, MET,
        /// Its deadline has passed.
        IN_VAIN
    }

    /// How a step, a scenario or a run ended, the worst first: the one order of severity, which the exit status follows, too.
    enum Status {
        /// It could not be run.
        BROKEN, FAILED,
        /// It proved nothing.
        INCONCLUSIVE, SKIPPED, PASSED;

        /// Whether a reader must look at it.
        public boolean isFaulty() {
            return compareTo(SKIPPED) < 0;
        }
    }
}
