package dev.lockdown.rules;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.DifferingFlow;
import dev.lockdown.cluster.NodeDump;
import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.OutsideText;
import dev.lockdown.verdict.Cell;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Looks, while verdicts differ, at what the nodes have programmed about their flows, and keeps the whole of it. Asks nothing where all
/// agree. A cluster that does not answer in time, or fails, costs the evidence alone: that it was not read is said, and the verdicts stand.
public final class RuleLook {
    /// Of a step; more of them hardly have other reasons.
    private static final int MOST = 10;

    private final Cluster cluster;
    private final InstantSource clock;
    private final Map<String, String> files = new LinkedHashMap<>();
    private Instant changed;
    /// Begun while what differs is still being asked.
    private @Nullable Asking ahead;

    public RuleLook(Cluster cluster, InstantSource clock) {
        this.cluster = cluster;
        this.clock = clock;
        changed = clock.instant();
    }

    /// Policies are about to change: what agents write from now on is of interest.
    public void changing() {
        changed = clock.instant();
        forget();
    }

    /// What a step came to.
    public record Step(int line, List<Cell> cells) {
        public Step {
            cells = List.copyOf(cells);
        }

        private List<Cell> differing() {
            return cells.stream().filter(RuleLook::differs).limit(MOST).toList();
        }
    }

    private static boolean differs(Cell cell) {
        return !cell.agrees() && !cell.inconclusive();
    }

    /// Begin to look, since these steps will hardly come to anything else than so far.
    public void begin(List<Step> steps) {
        forget();
        var asked = asked(steps, new FlowRules(cluster.state(), cluster.addresses()));
        ahead = asked.isEmpty() ? null : new Asking(asked);
    }

    /// What was begun is not what shall be told.
    public void forget() {
        var begun = ahead;
        ahead = null;
        if (begun != null) begun.task.cancel(true);
    }

    private static List<DifferingFlow> asked(List<Step> steps, FlowRules rules) {
        return steps.stream().flatMap(s -> s.differing().stream()).flatMap(c -> rules.asked(c).stream()).distinct().toList();
    }

    /// The same steps, their first differing cells with what was found.
    public List<Step> at(List<Step> steps) {
        var rules = new FlowRules(cluster.state(), cluster.addresses());
        var asked = asked(steps, rules);
        var begun = ahead;
        boolean isMeant = begun != null && begun.flows.equals(asked);
        if (!isMeant) forget();
        ahead = null;
        if (asked.isEmpty()) return steps;
        var seen = (begun != null && isMeant ? begun : new Asking(asked)).seen();
        return seen.dumps.isEmpty() ? steps : steps.stream().map(s -> added(s, rules, seen)).toList();
    }

    /// @param plugin the network plugin, for people; empty where it is not known
    private record Seen(List<NodeDump> dumps, String plugin) {}

    /// Asks the cluster from now on, on a thread of its own, which is left behind where the cluster hangs.
    private final class Asking {
        private final List<DifferingFlow> flows;
        /// What is there already, should more be waited for in vain.
        private final AtomicReference<@Nullable Seen> sofar = new AtomicReference<>();

        private final FutureTask<Seen> task = new FutureTask<>(this::ask);
        private final Instant begun = clock.instant();

        Asking(List<DifferingFlow> flows) {
            this.flows = flows;
            Thread.ofVirtual().name("rules of nodes").start(task);
        }

        private Seen ask() {
            var dumps = cluster.dumps(flows, Duration.between(changed, clock.instant()));
            sofar.set(new Seen(dumps, ""));
            var plugins = dumps.isEmpty() ? List.<NetworkPlugin>of() : cluster.networkPlugins();
            return new Seen(dumps, plugins.stream().map(NetworkPlugin::toString).collect(Collectors.joining(", ")));
        }

        Seen seen() {
            var longest = cluster.longestDump();
            try {
                return task.get(longest.minus(Duration.between(begun, clock.instant())).toNanos(), TimeUnit.NANOSECONDS);
            } catch (TimeoutException _) {
                return otherwise(" within %s ms".formatted(longest.toMillis()));
            } catch (ExecutionException e) {
                return otherwise(": " + OutsideText.withoutSecrets(words(Objects.requireNonNull(e.getCause()))));
            } catch (InterruptedException _) {
                Thread.currentThread().interrupt();
                return otherwise(": interrupted");
            } finally {
                task.cancel(true);
            }
        }

        private static String words(Throwable cause) {
            return cause instanceof ClusterException ? String.valueOf(cause.getMessage()) : cause.toString();
        }

        private Seen otherwise(String why) {
            var there = sofar.get();
            if (there != null) return there;
            var said = "what is programmed was not read" + why;
            return new Seen(flows.stream().flatMap(f -> f.nodes().stream()).distinct()
                .map(node -> new NodeDump(node, List.of(), Map.of(), Map.of(), List.of(said))).toList(), "");
        }
    }

    private Step added(Step step, FlowRules rules, Seen seen) {
        var differing = step.differing();
        if (differing.isEmpty()) return step;
        var found = new ArrayList<Cell>();
        int looked = 0;
        for (var cell : step.cells)
            found.add(differs(cell) && looked++ < MOST ? cell.found(rules.of(cell, seen.dumps, seen.plugin, d -> file(step, d))) : cell);
        for (var dump : seen.dumps) {
            var text = RulesText.of(found, dump);
            if (!text.isEmpty()) files.put(file(step, dump), text + notLooked(step));
        }
        return new Step(step.line, found);
    }

    private static String notLooked(Step step) {
        long all = step.cells.stream().filter(RuleLook::differs).count();
        return all <= MOST ? "" : "%s more flows of this step differ, which were not looked at\n".formatted(all - MOST);
    }

    private static String file(Step step, NodeDump dump) {
        return "rules-line-%s-%s.txt".formatted(Integer.toString(step.line), dump.node().replaceAll("[^a-zA-Z0-9._-]", "-"));
    }

    /// The whole of what was found so far, by the names of files.
    public Map<String, String> files() {
        return Map.copyOf(files);
    }
}
