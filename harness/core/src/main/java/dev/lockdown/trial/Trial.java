package dev.lockdown.trial;

import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Cluster;
import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.Dialling;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeVerdict;
import dev.lockdown.disruption.Schedule;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Probe;
import dev.lockdown.journal.Entry;
import dev.lockdown.manifest.Resource;
import dev.lockdown.rules.RuleLook;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.InputException;
import dev.lockdown.verdict.Cell;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.Wanted;
import dev.lockdown.verdict.Wording;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// A scenario on a cluster that has shown, by its canary, that it enforces policies.
///
/// ```java
/// try (var trial = Trial.begin(cluster, cast, needs, journal)) {
///     trial.apply(List.of(new Change.ApplyPolicy(denyAll)), List.of(), 14);
///     trial.claim(new Scope.Named(), List.of(Question.of(probe, Wanted.BLOCKED, 15)), 15);
///     var errors = trial.judge();
/// }
/// ```
///
/// Used by one thread. Verdict steps between two changes first claim and are then judged together, so that all of them hold at one time
/// and nothing is asked twice.
public final class Trial implements ScenarioTrial {
    private final Cluster cluster;
    private final ScenarioJournal journal;
    private final Canary canary;
    private final ChangeLog changes;
    private final CanaryCheck check;
    private final Disruptions disruptions;
    private final CellRepairs repairs;
    private final RuleLook rules;
    private final ProbeRounds rounds;
    private final VerdictBlock block;
    private final Baseline baseline = new Baseline();
    private final OwnPods pods = new OwnPods();
    private final BaselineNeeds needs;
    private final BystanderNames names;
    private final PolicyWatch watch = new PolicyWatch();
    private final FlowWatches watches;
    /// Null where nobody looked before the last change.
    private @Nullable Set<Probe> openBefore = Set.of();

    private Trial(Cluster cluster, BaselineNeeds needs, ScenarioJournal journal) {
        this.cluster = cluster;
        this.needs = needs;
        this.journal = journal;
        this.canary = new Canary(cluster.capabilities().nodes(), cluster.capabilities().families());
        this.watches = new FlowWatches(cluster, journal);
        var sentinels = new Sentinels(cluster, canary, journal);
        this.check = new CanaryCheck(cluster, sentinels, journal);
        this.changes = new ChangeLog(cluster, sentinels, pods, journal, watches::changed);
        this.disruptions = new Disruptions(cluster, journal, changes, check);
        watches.outside(disruptions::on);
        this.names = new BystanderNames(cluster, baseline, journal);
        this.repairs = new CellRepairs(cluster);
        this.rounds = new ProbeRounds(cluster, baseline, journal);
        this.rules = new RuleLook(cluster, journal.clock());
        this.block = new VerdictBlock(rounds, cluster.capabilities(), journal, repairs, rules);
    }

    /// Start the pods, run the canary and take the baseline.
    ///
    /// @param cast changes without policies
    /// @param needs what the baseline must know
    /// @throws UntrustedClusterException if the canary says that the cluster does not enforce policies
    public static Trial begin(Cluster cluster, List<Change> cast, BaselineNeeds needs, ScenarioJournal journal) {
        var trial = new Trial(cluster, needs, journal);
        trial.changes.start(trial.canary.cast(), cast);
        trial.check.require();
        trial.baseline.take(cluster, () -> trial.declared(needs), trial::remembered, journal);
        return trial;
    }

    /// Every flow that there may be now.
    private List<Probe> declared() {
        return declared(needs.of(ForeseenFlows.EVERY));
    }

    private List<Probe> declared(BaselineNeeds needed) {
        return DeclaredFlows.probes(cluster.state(), cluster.addresses(), cluster.capabilities(), pods.running(), needed);
    }

    private List<Probe> remembered() {
        return DeclaredFlows.remembered(cluster.state(), cluster.addresses(), pods.running(), needs);
    }

    @Override
    public ClusterState state() {
        return cluster.state();
    }

    @Override
    public Addresses addresses() {
        return cluster.addresses();
    }

    @Override
    public Capabilities capabilities() {
        return cluster.capabilities();
    }

    /// The scenario's own pods that are running now.
    @Override
    public Set<NamespacedName> pods() {
        return pods.running();
    }

    /// Make changes and wait until the sentinels behind them have turned on every node.
    ///
    /// @param written the policies among them that somebody wrote as YAML, for the record
    /// @throws InputException if a change does not fit the cluster's state
    @Override
    public void apply(List<Change> changes, Collection<Resource.OfPolicy> written, int line) {
        openBefore =
            needs.opened() && needs.flows().compares(line) ? rounds.open(List.copyOf(Claims.connections(declared())), line) : null;
        rules.changing();
        block.changed(this.changes.apply(changes, written, line));
        repairs.applied(written);
        watch.look(cluster.state());
    }

    @Override
    public void disrupt(Schedule schedule, RandomGenerator chance, BooleanSupplier stop, int line) {
        block.changed(disruptions.happen(schedule, chance, stop, line));
        watch.look(cluster.state());
    }

    /// Whether all that was claimed is left open by the API, so that nothing was judged.
    @Override
    public boolean judgedNothing() {
        return (block.leftOpen() || watches.leftUnjudged()) && !block.judged() && !watches.judged() && !watches.connections().judged();
    }

    /// Policies that are there and select no pod.
    @Override
    public Set<NamespacedName> policiesThatSelectNothing() {
        return watch.selectNothing();
    }

    @Override
    public void claim(Scope scope, List<Question> questions, int line) {
        questions.forEach(q -> requireForeseen(q.probe()));
        names.require(questions, line);
        block.claim(scope, questions, line);
    }

    /// What the baseline was not asked for would be taken for what it cannot be asked for, and have a weaker control.
    private void requireForeseen(Probe probe) {
        if (!needs.flows().include(probe))
            throw new IllegalStateException("the baseline was not asked for %s, which a step claims".formatted(probe));
    }

    private void requireEveryFlowForeseen() {
        if (!(needs.flows() instanceof ForeseenFlows.Every))
            throw new IllegalStateException("the baseline was not asked for every flow, of which a step speaks");
    }

    @Override
    public SortedMap<Integer, VerdictError> judge() {
        return block.judge();
    }

    @Override
    public void claimBroke(Set<Probe> broken, int line) {
        requireEveryFlowForeseen();
        cluster.requireAddressed(broken);
        broken.forEach(this::requireAsked);
        block.claim(new Scope.OpenInBaseline(),
            Claims.exactly(baseline.openFlows(), broken, Wanted.BLOCKED, oracle(), "was not open in the baseline", line), line);
    }

    @Override
    public void claimOpened(Set<Probe> opened, boolean onlyBaseline, int line) {
        requireEveryFlowForeseen();
        cluster.requireAddressed(opened);
        opened.forEach(this::requireAsked);
        if (openBefore == null)
            throw new IllegalStateException("nobody looked what was open before the last change, with which a step compares");
        var shut = new LinkedHashSet<>(onlyBaseline ? baseline.openFlows() : Claims.connections(declared()));
        shut.removeAll(openBefore);
        block.claim(new Scope.ShutBeforeTheChange(),
            Claims.exactly(shut, opened, Wanted.OPEN, oracle(), "was not shut before the last change", line), line);
    }

    @Override
    public void claimPolicies(int line) {
        requireEveryFlowForeseen();
        block.claim(new Scope.EveryFlow(), Claims.asPoliciesSay(declared(), oracle(), line), line);
    }

    /// Ask once, claiming nothing.
    ///
    /// @return in the order of the probes; all inconclusive where the last change was not seen to be enforced
    public List<Cell> answers(List<Probe> probes) {
        return block.ask(probes.stream().map(p -> Question.of(p, Wanted.OPEN, 0)).toList());
    }

    /// Whether a probe was open in the baseline.
    ///
    /// @throws ClusterException if nothing is known of it, because the probe itself could not be made
    @Override
    public boolean wasOpen(Probe probe) {
        requireForeseen(probe);
        // What has no address was not asked, and is no reason to fail.
        if (baseline.outcome(probe) == null) cluster.requireAddressed(List.of(probe));
        requireAsked(probe);
        return baseline.open(probe);
    }

    private void requireAsked(Probe probe) {
        if (baseline.failed(probe))
            throw new ClusterException(
                "whether %s was open before the first policy is not known: %s".formatted(probe, baselineWords(probe)), null);
    }

    /// What the baseline says of a probe, for people.
    @Override
    public String baselineWords(Probe probe) {
        var seen = baseline.outcome(probe);
        return seen == null ? "not asked in the baseline" : Wording.of(seen);
    }

    /// Whether an earlier step of the scenario saw this probe blocked.
    @Override
    public boolean wasBlocked(Probe probe) {
        return block.sawBlocked(probe);
    }

    /// The source addresses that the destination saw in one dial, empty if it was not reached.
    @Override
    public String sourceSeen(Probe probe, int line) {
        var observations = cluster.observe(List.of(probe), Dialling.DEFAULT);
        journal.observed(line, Entry.Purpose.SOURCE_ADDRESS, observations);
        return observations.getFirst().outcome() instanceof Outcome.Connected(_, _, var source) ? source : "";
    }

    @Override
    public void watch(List<WatchedFlow> flows, @Nullable Duration interval, int line) {
        watches.start(flows, interval == null ? cluster.usualInterval() : interval, line);
    }

    @Override
    public TimeVerdict measure(WatchedFlow flow, TimeClaim claim, int line) {
        return watches.measure(flow, claim, line);
    }

    @Override
    public Connections connections() {
        return watches.connections();
    }

    @Override
    public Map<String, String> evidence() {
        return rules.files();
    }

    @Override
    public int readToken(Endpoint.Pod pod) {
        return cluster.readToken(pod);
    }

    @Override
    public void close() {
        try (cluster) {
            watches.close();
        }
    }
}
