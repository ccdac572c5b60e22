package dev.lockdown.trial;

import dev.lockdown.cluster.Applied;
import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Entry;
import dev.lockdown.policy.Expectation;
import dev.lockdown.policy.Oracle;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.InputException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// A scenario on a cluster that has shown, by its canary, that it enforces policies.
///
/// ```java
/// try (var trial = Trial.begin(cluster, cast, foresight, scribe)) {
///     trial.apply(List.of(new Change.ApplyPolicy(denyAll)), List.of(yaml), 14);
///     trial.verify("", List.of(Question.of(probe, Wanted.BLOCKED, 15)), 15);
/// }
/// ```
///
/// Used by one thread. The verdict steps between two changes are judged together: each repeats the questions of those before it,
/// so that all of them hold at one time.
public final class Trial implements AutoCloseable {
    /// The port that the harness itself has every pod serve.
    public static final Port PRESENCE = Presence.PORT;
    /// So often must all questions agree in a row.
    private static final int ROUNDS = 2;
    /// So long may a cluster take to have a new Service lead somewhere.
    private static final Duration TRANSLATED = Duration.ofSeconds(4);
    /// What was silent for a whole deadline need not be waited for as long once more.
    private static final Dialling AGAIN = new Dialling(Duration.ofMillis(500), 0);

    private final Cluster cluster;
    private final Scribe scribe;
    private final Sentinels sentinels;
    private final Rounds rounds;
    private final Baseline baseline = new Baseline();
    private final Set<NamespacedName> pods = new TreeSet<>();
    private final Foresight foresight;
    private final List<Question> block = new ArrayList<>();
    private final Map<Probe, Verdict> remembered = new LinkedHashMap<>();
    private final Set<NamespacedName> unselecting = new LinkedHashSet<>();
    private Set<Probe> openBefore = Set.of();
    private List<String> stuck = List.of();
    private boolean leftOpen;
    private boolean decided;

    private Trial(Cluster cluster, Foresight foresight, Scribe scribe) {
        this.cluster = cluster;
        this.foresight = foresight;
        this.scribe = scribe;
        this.sentinels =
            new Sentinels(cluster, new Canary(cluster.capabilities().nodes(), cluster.capabilities().families()), scribe.clock());
        this.rounds = new Rounds(cluster, baseline);
    }

    /// Start the cast's pods, run the canary and take the baseline.
    ///
    /// @param cast changes without policies
    /// @param foresight what the baseline must know
    /// @throws UntrustedClusterException if the canary says that the cluster does not enforce policies
    public static Trial begin(Cluster cluster, List<Change> cast, Foresight foresight, Scribe scribe) {
        var trial = new Trial(cluster, foresight, scribe);
        trial.raise(cast);
        if (cluster.isTrusted()) trial.requireOpen();
        else trial.singCanary();
        trial.takeBaseline();
        return trial;
    }

    private void raise(List<Change> cast) {
        var changes = new ArrayList<>(new Canary(cluster.capabilities().nodes(), cluster.capabilities().families()).cast());
        changes.addAll(present(cast));
        try {
            cluster.apply(changes);
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }

    private void requireOpen() {
        require(sentinels.await(new Applied(scribe.now(), scribe.now())), "canary flows are not open before any policy");
    }

    private void singCanary() {
        requireOpen();
        var shut = sentinels.apply(List.of());
        require(shut, "policies are not enforced");
        require(sentinels.apply(List.of()), "canary flows stay shut after their policies were deleted");
        if (shut instanceof Sentinels.Turn.Turned(_, var after, _)) canary(after, null);
        cluster.trust();
    }

    private void require(Sentinels.Turn turn, String otherwise) {
        if (!(turn instanceof Sentinels.Turn.Stuck(_, var laggards, var waited))) return;
        var problem = "%s: after %s still not %s".formatted(otherwise, Words.of(waited), String.join("; ", laggards));
        canary(waited, problem);
        throw new UntrustedClusterException(problem);
    }

    private void canary(Duration after, @org.jspecify.annotations.Nullable String problem) {
        scribe.write(
            new Entry.Canary(scribe.now(), scribe.scenario(), sentinels.probes().stream().map(Canary::place).toList(), after, problem));
    }

    /// On a cluster that is not ours, earlier policies are deleted and may still be enforced for a while, and Services take a while to lead
    /// to their pods; what stays silent is waited for longer than what is answered by somebody else.
    private void takeBaseline() {
        var begin = scribe.now();
        var observations = cluster.isTrusted()
            ? new Waiting(scribe.clock()).until(cluster.capabilities().patience(), () -> cluster.observe(declared(), Dialling.DEFAULT),
                seen -> seen.stream().allMatch(o -> Baseline.opened(o.outcome()))
                    || Duration.between(begin, scribe.now()).compareTo(TRANSLATED) > 0
                        && seen.stream().noneMatch(o -> Controls.silent(o.outcome())))
                .value()
            : cluster.observe(declared(), Dialling.DEFAULT);
        baseline.add(observations);
        scribe.write(new Entry.Observed(scribe.now(), scribe.scenario(), 0, "baseline", observations));
    }

    private List<Probe> declared() {
        return Declared.probes(cluster.state(), cluster.addresses(), cluster.capabilities(), pods, foresight);
    }

    public ClusterState state() {
        return cluster.state();
    }

    public Addresses addresses() {
        return cluster.addresses();
    }

    public Capabilities capabilities() {
        return cluster.capabilities();
    }

    /// The scenario's own pods that are running now.
    public Set<NamespacedName> pods() {
        return pods;
    }

    public Oracle oracle() {
        return new Oracle(cluster.state(), cluster.addresses());
    }

    /// Make changes and wait until the sentinels behind them have turned on every node.
    ///
    /// @param manifests the YAML of what is applied, for the record
    /// @throws InputException if a change does not fit the cluster's state
    public void apply(List<Change> changes, List<String> manifests, int line) {
        if (foresight.opened()) openBefore = openNow();
        block.clear();
        var turn = turn(present(changes));
        switch (turn) {
            case Sentinels.Turn.Turned(var applied, var after, _) -> {
                stuck = List.of();
                applied(changes, manifests, line, applied, after);
            }
            case Sentinels.Turn.Stuck(var applied, var laggards, _) -> {
                stuck = laggards;
                applied(changes, manifests, line, applied, null);
            }
        }
        noteSelections();
    }

    private Sentinels.Turn turn(List<Change> changes) {
        try {
            return sentinels.apply(changes);
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
    }

    private void applied(List<Change> changes, List<String> manifests, int line, Applied applied,
            @org.jspecify.annotations.Nullable Duration enforced) {
        scribe.write(new Entry.Applied(scribe.now(), scribe.scenario(), line, changes.stream().map(Changes::inWords).toList(), manifests,
            applied.sent(), applied.answered(), enforced));
    }

    private List<Change> present(List<Change> changes) {
        var all = new ArrayList<Change>();
        for (var change : changes) {
            if (change instanceof Change.StartPod(var pod)) pods.add(pod.name());
            if (change instanceof Change.StopPod(var name)) pods.remove(name);
            if (change instanceof Change.DeleteNamespace(var name)) pods.removeIf(p -> p.namespace().equals(name));
            all.add(change instanceof Change.StartPod(var pod) ? new Change.StartPod(Presence.in(pod)) : change);
        }
        return all;
    }

    private void noteSelections() {
        var oracle = oracle();
        for (var policy : cluster.state().policies().values()) {
            if (policy.name().namespace().equals(Canary.NAMESPACE)) continue;
            if (oracle.selectsNothing(policy.name())) unselecting.add(policy.name());
            else unselecting.remove(policy.name());
        }
        unselecting.retainAll(cluster.state().policies().keySet());
    }

    /// Whether all that was claimed is left open by the API, so that nothing was judged.
    public boolean judgedNothing() {
        return leftOpen && !decided;
    }

    /// Policies that are there and select no pod.
    public Set<NamespacedName> policiesThatSelectNothing() {
        return unselecting;
    }

    /// Ask until everything that was claimed since the last change holds, or patience ends.
    ///
    /// @throws VerdictError if it does not, or cannot be decided
    public void verify(String title, List<Question> questions, int line) {
        if (questions.isEmpty()) throw new InputException("this step claims nothing: no flow fits its words");
        if (!stuck.isEmpty()) throw unsettled(title, questions, line);
        block.addAll(questions);
        var good = new int[1];
        var last = new Waiting(scribe.clock()).until(cluster.capabilities().patience(),
            () -> good[0] == 0 ? rounds.ask(block, Dialling.DEFAULT) : rounds.askAgain(block, AGAIN), round -> {
                good[0] = round.good() ? good[0] + 1 : 0;
                return good[0] >= ROUNDS;
            });
        judged(title, line, new LinkedHashSet<>(questions), last);
    }

    private void judged(String title, int line, Set<Question> own, Waiting.Last<Rounds.Round> last) {
        scribe.write(new Entry.Observed(scribe.now(), scribe.scenario(), line, "verdict", last.value().observations()));
        // What an earlier step of the block claimed is told again only if it no longer holds.
        var told = last.value().findings().stream().filter(f -> own.contains(f.question()) || !f.agrees()).toList();
        for (var finding : told) {
            if (finding.eitherWay()) leftOpen = true;
            else decided = true;
        }
        told.forEach(f -> remembered.put(f.question().probe(), f.verdict()));
        var entry = new Entry.Judged(scribe.now(), scribe.scenario(), line, title, told.stream().map(Finding::cell).toList(), last.looks(),
            last.waited());
        scribe.write(entry);
        var differing = told.stream().filter(f -> !f.agrees()).toList();
        if (differing.isEmpty()) return;
        block.removeIf(own::contains);
        throw VerdictError.of(entry, differing.stream().allMatch(Finding::inconclusive));
    }

    private VerdictError unsettled(String title, List<Question> questions, int line) {
        var why = unsettled();
        var cells =
            questions.stream().map(q -> new Entry.Cell(q.row(), q.column(), q.line(), q.wanted().toString(), "inconclusive", false, why,
                List.of(), List.of(), null, null)).toList();
        var entry = new Entry.Judged(scribe.now(), scribe.scenario(), line, title, cells, 0, cluster.capabilities().settling());
        scribe.write(entry);
        return VerdictError.of(entry, true);
    }

    private String unsettled() {
        return "the last change was not seen to be enforced within %s: %s".formatted(Words.of(cluster.capabilities().settling()),
            String.join("; ", stuck));
    }

    /// Claim that exactly these of the flows that were open in the baseline are blocked now.
    public void verifyBroke(Set<Probe> broken, int line) {
        requireKnown(broken, baseline.openFlows(), "was not open in the baseline");
        verify("of what was open in the baseline", exactly(baseline.openFlows(), broken, Wanted.BLOCKED, line), line);
    }

    /// Claim that exactly these of the flows that were shut before the last change are open now.
    ///
    /// @param onlyBaseline whether only flows count that were open in the baseline
    public void verifyOpened(Set<Probe> opened, boolean onlyBaseline, int line) {
        var shut = new LinkedHashSet<>(onlyBaseline ? baseline.openFlows() : flows());
        shut.removeAll(openBefore);
        requireKnown(opened, shut, "was not shut before the last change");
        verify("of what was shut before the last change", exactly(shut, opened, Wanted.OPEN, line), line);
    }

    private Set<Probe> flows() {
        var flows = new LinkedHashSet<Probe>();
        declared().stream().filter(Probe.Reach.class::isInstance).forEach(flows::add);
        return flows;
    }

    private void requireKnown(Set<Probe> named, Set<Probe> known, String otherwise) {
        for (var probe : named) requireAsked(probe);
        for (var probe : named) if (!known.contains(probe)) throw new InputException("%s %s".formatted(probe, otherwise));
    }

    private List<Question> exactly(Set<Probe> all, Set<Probe> named, Wanted wanted, int line) {
        var oracle = oracle();
        var other = wanted == Wanted.OPEN ? Wanted.BLOCKED : Wanted.OPEN;
        return all.stream().filter(p -> named.contains(p) || specified(oracle, p))
            .map(p -> Question.of(p, named.contains(p) ? wanted : other, line))
            .toList();
    }

    private static boolean specified(Oracle oracle, Probe probe) {
        return !(probe instanceof Probe.Reach(var flow, _) && oracle.expect(flow) instanceof Expectation.Unspecified);
    }

    private Set<Probe> openNow() {
        var open = new LinkedHashSet<Probe>();
        for (var o : cluster.observe(List.copyOf(flows()), Dialling.DEFAULT))
            if (o.outcome() instanceof Outcome.Connected) open.add(o.probe());
        return open;
    }

    /// Claim of every declared flow what the policies demand of it.
    public void verifyPolicies(int line) {
        var oracle = oracle();
        var questions = new ArrayList<Question>();
        for (var probe : declared()) {
            switch (Demands.of(probe, oracle)) {
                case Expectation.Allowed _ -> questions.add(Question.of(probe, Wanted.OPEN, line));
                case Expectation.Denied _ -> questions.add(Question.of(probe, Wanted.BLOCKED, line));
                case Expectation.Split _ -> questions.add(Question.of(probe, Wanted.MIXED, line));
                case Expectation.Unspecified _ -> {}
                case null -> {}
            }
        }
        verify("of every flow", questions, line);
    }

    /// Ask once, claiming nothing.
    ///
    /// @return in the order of the probes; all inconclusive where the last change was not seen to be enforced
    public List<Answer> answers(List<Probe> probes) {
        if (!stuck.isEmpty())
            return probes.stream().map(p -> new Answer(p, new Verdict.Inconclusive(unsettled()), unsettled(), List.of())).toList();
        var round = rounds.ask(probes.stream().map(p -> Question.of(p, Wanted.OPEN, 0)).toList(), Dialling.DEFAULT);
        scribe.write(new Entry.Observed(scribe.now(), scribe.scenario(), 0, "verdict", round.observations()));
        return round.findings().stream().map(f -> new Answer(f.question().probe(), f.verdict(), f.how(), f.allEvidence())).toList();
    }

    /// Whether a probe was open in the baseline.
    ///
    /// @throws ClusterException if nothing is known of it, because the probe itself could not be made
    public boolean wasOpen(Probe probe) {
        requireAsked(probe);
        return baseline.open(probe);
    }

    private void requireAsked(Probe probe) {
        if (baseline.failed(probe))
            throw new ClusterException(
                "whether %s was open before the first policy is not known: %s".formatted(probe, baselineWords(probe)), null);
    }

    /// What the baseline says of a probe.
    public String baselineWords(Probe probe) {
        return baseline.words(probe);
    }

    /// Whether an earlier step of the scenario saw this probe blocked.
    public boolean wasBlocked(Probe probe) {
        return remembered.get(probe) instanceof Verdict.Blocked;
    }

    /// The source addresses that the destination saw in one dial, empty if it was not reached.
    public String sourceSeen(Probe probe) {
        return cluster.observe(List.of(probe), Dialling.DEFAULT).getFirst().outcome() instanceof Outcome.Connected(_, _, var source)
            ? source : "";
    }

    public int readToken(Endpoint.Pod pod) {
        return cluster.readToken(pod);
    }

    @Override
    public void close() {
        cluster.close();
    }
}
