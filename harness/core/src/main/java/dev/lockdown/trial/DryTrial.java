package dev.lockdown.trial;

import dev.lockdown.cluster.Capabilities;
import dev.lockdown.cluster.Needs;
import dev.lockdown.cluster.Requirements;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.chaos.TimeClaim;
import dev.lockdown.chaos.TimeVerdict;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.Schedule;
import dev.lockdown.flow.WatchedFlow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Probe;
import dev.lockdown.flow.Protocol;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.Resource;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.InputException;
import dev.lockdown.state.Node;
import dev.lockdown.state.Pod;
import dev.lockdown.verdict.Question;
import dev.lockdown.verdict.Scope;
import dev.lockdown.verdict.Wanted;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// A scenario on the state that a cluster would have: nothing is started, dialled or judged. What does not fit is told as by a [Trial].
public final class DryTrial implements ScenarioTrial {
    private final Capabilities capabilities;
    private final PolicyWatch watch = new PolicyWatch();
    private final Set<NamespacedName> pods = new TreeSet<>();
    private final Map<NamespacedName, Position> places = new HashMap<>();
    private final Set<Probe> claimed = new HashSet<>();
    private final Set<Probe> remembered = new HashSet<>();
    private final Set<Probe> claimedBlocked = new HashSet<>();
    private final ClusterState first;
    private final Set<NamespacedName> firstPods;
    private final List<Pod> begunWith;
    private final List<InputException> misfits = new ArrayList<>();
    private ClusterState state;
    private final Map<WatchedFlow, Duration> watched = new HashMap<>();
    private final List<Disruption> disruptions = new ArrayList<>();
    private final DryConnections connections = new DryConnections();
    private final List<Pod> started = new ArrayList<>();
    private boolean namedPorts;
    private boolean anythingMayBeBlocked;
    private int lastChange;
    private final Set<Integer> compared = new HashSet<>();
    private OptionalInt lineOfEveryFlow = OptionalInt.empty();

    private DryTrial(Capabilities capabilities, List<Change> cast) {
        this.capabilities = capabilities;
        state = ClusterState.ofNodes(capabilities.nodes().stream().map(n -> new Node(n, Map.of())).toList()).after(SystemPreview.changes());
        for (var change : cast) begin(change);
        first = state;
        firstPods = Set.copyOf(pods);
        begunWith = List.copyOf(started);
    }

    /// @param cast changes without policies
    public static DryTrial begin(Needs needs, List<Change> cast) {
        var nodes = IntStream.rangeClosed(1, needs.nodes()).mapToObj(i -> "node-" + i).toList();
        return begin(new Capabilities("the state of %s nodes".formatted(needs.nodes()), nodes, needs.families(),
            Map.of(), Duration.ZERO, Duration.ZERO, true, false, true), cast);
    }

    /// @param capabilities of the cluster that the scenario will run on
    /// @param cast changes without policies
    public static DryTrial begin(Capabilities capabilities, List<Change> cast) {
        return new DryTrial(capabilities, cast);
    }

    /// What was claimed so far, which is what a baseline must be asked for.
    public ForeseenFlows foreseen() {
        return lineOfEveryFlow.isPresent() ? new ForeseenFlows.Every(remembered, compared) : ForeseenFlows.only(claimed, remembered);
    }

    /// How much is asked to judge what was claimed so far.
    public RoundSize size() {
        return new RoundSize(firstPods.size(), lineOfEveryFlow.isEmpty() ? claimed.size()
            : DeclaredFlows.count(first, addresses(), capabilities, firstPods), lineOfEveryFlow);
    }

    /// What was asked of the cluster so far.
    ///
    /// @param needs of the scenario's tags
    /// @param protocols that it cannot do without, by its tags
    public Requirements requirements(Needs needs, Set<Protocol> protocols) {
        var probes = new HashSet<>(claimed);
        watched.keySet().forEach(flow -> probes.add(flow.probe()));
        connections.held().forEach(flow -> probes.add(flow.probe()));
        return new Requirements(needs, protocols, state.hosts().values(), probes, state.services().values(), begunWith, namedPorts,
            !watched.isEmpty() || !connections.held().isEmpty(), disruptions);
    }

    private void begin(Change change) {
        try {
            state = after(List.of(change));
        } catch (InputException e) {
            misfits.add(e);
            // It is there all the same, so that what names it is not told as well.
            if (change instanceof Change.StartPod(var pod) && !pod.node().isEmpty() && !state.pods().containsKey(pod.name()))
                begin(new Change.StartPod(pod.onNode("")));
        }
    }

    /// What of the cast does not fit, and was left out.
    public List<InputException> misfits() {
        return misfits;
    }

    @Override
    public ClusterState state() {
        return state;
    }

    @Override
    public Addresses addresses() {
        return SystemPreview.addresses(state, capabilities.families());
    }

    @Override
    public Capabilities capabilities() {
        return capabilities;
    }

    @Override
    public Set<NamespacedName> pods() {
        return pods;
    }

    @Override
    public void apply(List<Change> changes, Collection<Resource.OfPolicy> written, int line) {
        state = after(changes);
        lastChange = line;
        for (var policy : written) places.put(policy.policy().name(), policy.at());
        watch.look(state);
    }

    private ClusterState after(List<Change> changes) {
        var scheduled = new ArrayList<Change>();
        for (var change : changes) scheduled.add(change instanceof Change.StartPod(var pod) ? new Change.StartPod(scheduled(pod)) : change);
        ClusterState next;
        try {
            next = state.after(scheduled);
        } catch (IllegalArgumentException e) {
            throw new InputException(String.valueOf(e.getMessage()));
        }
        changes.forEach(this::starts);
        for (var change : scheduled) {
            if (change instanceof Change.StartPod(var pod)) pods.add(pod.name());
            if (change instanceof Change.StopPod(var name)) pods.remove(name);
            if (change instanceof Change.DeleteNamespace(var name)) pods.removeIf(p -> p.namespace().equals(name));
        }
        return next;
    }

    private void starts(Change change) {
        if (!(change instanceof Change.StartPod(var pod))) return;
        started.add(LivenessPort.in(pod));
        namedPorts |= pod.ports().stream().anyMatch(p -> !p.name().isEmpty());
    }

    private Pod scheduled(Pod pod) {
        if (pod.node().isEmpty()) return pod.onNode(capabilities.nodes().getFirst());
        if (!state.nodes().containsKey(pod.node()))
            throw InputException.missing("node", pod.node(),
                "pod %s wishes for the node \"%s\"; there are: %s (a tag such as @needs:5-nodes asks for more)"
                    .formatted(pod.name(), pod.node(), String.join(", ", state.nodes().keySet())));
        return pod;
    }

    /// Where a policy is written, or null where a step made it.
    public @Nullable Position written(NamespacedName policy) {
        return places.get(policy);
    }

    @Override
    public boolean judgedNothing() {
        return false;
    }

    @Override
    public Set<NamespacedName> policiesThatSelectNothing() {
        return watch.selectNothing();
    }

    @Override
    public void claim(Scope scope, List<Question> questions, int line) {
        if (questions.isEmpty()) throw new InputException("this step claims nothing: no flow fits its words");
        for (var question : questions) {
            claimed.add(question.probe());
            if (ForeseenFlows.comesIn(question.probe())) remembered.add(question.probe());
            if (question.wanted() != Wanted.OPEN) claimedBlocked.add(question.probe());
        }
    }

    @Override
    public SortedMap<Integer, VerdictError> judge() {
        return Collections.emptySortedMap();
    }

    @Override
    public void claimBroke(Set<Probe> broken, int line) {
        claimsEveryFlow(broken, line);
        DeclaredFlows.require(broken, first, addresses(), capabilities, firstPods, "was not open in the baseline");
        claimedBlocked.addAll(broken);
    }

    @Override
    public void claimOpened(Set<Probe> opened, boolean onlyBaseline, int line) {
        claimsEveryFlow(opened, line);
        DeclaredFlows.require(opened, state, addresses(), capabilities, pods, "was not shut before the last change");
        compared.add(lastChange);
        anythingMayBeBlocked = true;
    }

    @Override
    public void claimPolicies(int line) {
        claimsEveryFlow(Set.of(), line);
        anythingMayBeBlocked = true;
    }

    private void claimsEveryFlow(Set<Probe> named, int line) {
        claimed.addAll(named);
        if (lineOfEveryFlow.isEmpty()) lineOfEveryFlow = OptionalInt.of(line);
    }

    @Override
    public boolean wasOpen(Probe probe) {
        claimed.add(probe);
        remembered.add(probe);
        return true;
    }

    @Override
    public String baselineWords(Probe probe) {
        return "not asked";
    }

    @Override
    public boolean wasBlocked(Probe probe) {
        return anythingMayBeBlocked || claimedBlocked.contains(probe);
    }

    @Override
    public String sourceSeen(Probe probe, int line) {
        return "";
    }

    @Override
    public void watch(List<WatchedFlow> flows, @Nullable Duration interval, int line) {
        flows.forEach(flow -> watched.putIfAbsent(flow, interval == null ? Duration.ofMillis(1) : interval));
    }

    @Override
    public TimeVerdict measure(WatchedFlow flow, TimeClaim claim, int line) {
        var interval = watched.get(flow);
        if (interval == null) throw FlowWatches.notWatched(flow);
        FlowWatches.requireSampled(claim, interval);
        return new TimeVerdict(claim, TimeVerdict.Ruling.HOLDS, null, null);
    }

    /// They leave the state as it was.
    @Override
    public void disrupt(Schedule schedule, RandomGenerator chance, BooleanSupplier stop, int line) {
        disruptions.addAll(schedule.disruptions());
    }

    @Override
    public Connections connections() {
        return connections;
    }

    @Override
    public int readToken(Endpoint.Pod pod) {
        return 1;
    }

    @Override
    public void close() {}
}
