package dev.lockdown.rehearsal;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.need.Need;
import dev.lockdown.need.Needs;
import dev.lockdown.need.Party;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.table.ClusterDefaults;
import dev.lockdown.trial.BaselineNeeds;
import dev.lockdown.trial.ScenarioJournal;
import dev.lockdown.trial.Trial;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Plays a lockdown of an application: before it, under the policies that the application has, under default-deny, and healed.
///
/// ```java
/// var needs = NeedReader.read(manifest, sources, "shop", Map.of());
/// var rehearsed = new Rehearsal(needs, Shadows.of(manifest, needs, hosts), HomeAddresses.of(needs.platform())).on(cluster, journal);
/// rehearsed.proposals().forEach(p -> System.out.println(p.yaml()));
/// ```
public final class Rehearsal {
    private final Needs needs;
    private final Shadows shadows;
    private final HomeAddresses home;
    private final boolean isConsolidated;

    /// @param home what proposals are to name of the application's own cluster
    public Rehearsal(Needs needs, Shadows shadows, HomeAddresses home) {
        this(needs, shadows, home, false);
    }

    /// @param isConsolidated whether fewer and wider policies are proposed, for whole namespaces, which open more than is needed
    public Rehearsal(Needs needs, Shadows shadows, HomeAddresses home, boolean isConsolidated) {
        this.isConsolidated = isConsolidated;
        this.needs = needs;
        this.shadows = shadows;
        this.home = home;
    }

    /// All namespaces of the cast, as the manifests name them.
    public Set<String> namespaces() {
        return shadows.states().cast().stream().<String>mapMulti((c, names) -> {
            if (c instanceof Change.ApplyNamespace(var namespace)) names.accept(namespace.name());
        }).collect(Collectors.toSet());
    }

    /// Play it with real connections.
    ///
    /// @throws dev.lockdown.trial.UntrustedClusterException if the cluster does not enforce policies
    public Rehearsed on(Cluster cluster, ScenarioJournal journal) {
        try (var trial = Trial.begin(cluster, shadows.states().cast(), new BaselineNeeds(Set.of(), false), journal)) {
            return play(new TrialStage(trial));
        }
    }

    /// Play it on the oracle alone.
    public Rehearsed expected() {
        return play(oracleStage());
    }

    /// Play the application under its own policies alone, with real connections.
    ///
    /// @throws dev.lockdown.trial.UntrustedClusterException if the cluster does not enforce policies
    public Today todayOn(Cluster cluster, ScenarioJournal journal) {
        try (var trial = Trial.begin(cluster, shadows.states().cast(), new BaselineNeeds(Set.of(), false), journal)) {
            return today(new TrialStage(trial));
        }
    }

    /// The same on the oracle alone.
    public Today todayExpected() {
        return today(oracleStage());
    }

    private Today today(Stage stage) {
        var flows = new NeedFlows(stage.state(), shadows.pods());
        var asked = new Asked(needs.needs(), flows);
        var unneeded = new Unneeded(stage.state(), shadows, needs.needs(), flows);
        var before = asked.on(stage);
        var own = shadows.states().policies();
        stage.apply(home.onStage(own, home.on(stage)));
        var now = judged(asked.on(stage), flows, own);
        var why = asked.because(stage, now);
        var results = needs.needs().stream()
            .map(n -> new Today.Result(n, seen(before, n), seen(now, n), why.getOrDefault(n, List.of()))).toList();
        var open =
            unneeded.flowsOpenOn(stage).entrySet().stream().map(e -> new Today.Open(e.getKey(), deciding(stage, e.getValue()))).toList();
        var working = results.stream().filter(r -> r.now() == Seen.OPEN).map(Today.Result::need).toList();
        return new Today(stage.description(), shadows.pods().keySet(), results, ways(working, flows), open, needs.unproven());
    }

    private static List<String> deciding(Stage stage, Flow flow) {
        return stage.oracle().deciding(flow).stream().map(NamespacedName::toString).toList();
    }

    /// The ways between workloads by which needs go, after DNAT.
    private Map<Need, List<Rehearsed.Way>> ways(List<Need> working, NeedFlows flows) {
        var partyOf = new HashMap<NamespacedName, Party>();
        shadows.pods().forEach((party, pods) -> pods.forEach(p -> partyOf.put(p, party)));
        var ways = new HashMap<Need, List<Rehearsed.Way>>();
        for (var need : working)
            ways.put(need, flows.ends(need).stream().filter(e -> partyOf.containsKey(e.pod()))
                .map(e -> new Rehearsed.Way(need.from(), partyOf.getOrDefault(e.pod(), need.to()), e.port())).distinct().toList());
        return ways;
    }

    /// Nobody can tell whether policies allow an address that nobody said.
    private Map<Need, Seen> judged(Map<Need, Seen> seen, NeedFlows flows, List<Change> own) {
        var judged = new HashMap<>(seen);
        judged.replaceAll((need, what) -> what != Seen.OPEN && home.mayBeMeant(need, flows, own) ? Seen.UNKNOWN : what);
        return judged;
    }

    private OracleStage oracleStage() {
        var state = scheduled(shadows.states().first());
        var addresses = new HashMap<>(ClusterDefaults.addresses(state));
        state.hosts().values()
            .forEach(h -> addresses.put(new Endpoint.Host(h.name()), h.addresses().stream().map(InetAddress::ofLiteral).toList()));
        int node = 2;
        for (var name : state.nodes().keySet())
            addresses.put(new Endpoint.Node(name), List.of(InetAddress.ofLiteral("172.18.0." + node++)));
        return new OracleStage(state, new Addresses(addresses, List.of(home.api())));
    }

    /// Where nobody schedules, all pods are on one node, so that each has a kubelet of its own node; those in the network of a node are on
    /// another, since what policies say of a pod and its own node the API leaves open.
    private static ClusterState scheduled(ClusterState state) {
        var nodes = List.copyOf(state.nodes().keySet());
        var pods = new HashMap<>(state.pods());
        pods.replaceAll((_, pod) -> pod.node().isEmpty() ? pod.onNode(pod.hostNetwork() ? nodes.getLast() : nodes.getFirst()) : pod);
        return new ClusterState(state.nodes(), state.namespaces(), pods, state.services(), state.policies(), state.hosts());
    }

    private Rehearsed play(Stage stage) {
        var flows = new NeedFlows(stage.state(), shadows.pods());
        var asked = new Asked(needs.needs(), flows);
        var unneeded = new Unneeded(stage.state(), shadows, needs.needs(), flows);
        var before = asked.on(stage);
        var own = shadows.states().policies();
        Map<Need, Seen> today = Map.of();
        var whyToday = new HashMap<Need, List<String>>();
        List<Rehearsed.Way> openToday = List.of();
        if (!own.isEmpty()) {
            stage.apply(home.onStage(own, home.on(stage)));
            today = judged(asked.on(stage), flows, own);
            whyToday.putAll(asked.because(stage, today));
            openToday = unneeded.openOn(stage);
        }
        var deny = shadows.namespaces().stream().sorted().map(ProposalYaml::defaultDeny).toList();
        var lockdown = new ArrayList<Change>(own.stream().map(Rehearsal::deletion).toList());
        lockdown.addAll(changes(deny));
        stage.apply(lockdown);
        var locked = asked.on(stage);
        var why = asked.because(stage, locked);
        var working = needs.needs().stream().filter(n -> before.get(n) == Seen.OPEN).toList();
        var selectors = new PodSelectors(stage.state(), needs, shadows.pods());
        var ways = new Allowances(stage.state(), shadows, flows, selectors, home.on(stage));
        stage.apply(changes(allowances(ways, working).stream().map(a -> ProposalYaml.of(a, false)).toList()));
        var healed = asked.on(stage);
        var opened = unneeded.openOn(stage);
        var proposals = new ArrayList<>(deny);
        allowances(new Allowances(stage.state(), shadows, flows, selectors, home.atHome()), working)
            .forEach(a -> proposals.add(ProposalYaml.of(a, !home.isApiKnown())));
        var results = new ArrayList<NeedResult>();
        for (var need : needs.needs())
            results.add(new NeedResult(need, ends(need, flows), seen(before, need), seen(locked, need), today.get(need),
                before.get(need) == Seen.OPEN ? healed(need, flows, healed) : null, why.getOrDefault(need, List.of()),
                whyToday.getOrDefault(need, List.of())));
        return new Rehearsed(stage.description(), needs.workloads().size(), shadows.namespaces().stream().sorted().toList(), own.size(),
            results,
            proposals, opened, openToday, new Untried(needs, shadows, flows, home, own).of(before, healed, selectors), needs.assumed(),
            isConsolidated);
    }

    /// What of an end in the network of nodes nobody said, or the API leaves open, is not the proposals' fault.
    private @Nullable Seen healed(Need need, NeedFlows flows, Map<Need, Seen> healed) {
        if (!flows.endsOnNodes(need) && !flows.beginsOnNodes(need)) return healed.get(need);
        return home.nodes().isEmpty() || healed.get(need) == Seen.UNKNOWN ? null : healed.get(need);
    }

    private List<Allowance> allowances(Allowances ways, List<Need> working) {
        var narrow = ways.healing(working);
        return isConsolidated ? Allowances.consolidated(narrow) : narrow;
    }

    private List<Party> ends(Need need, NeedFlows flows) {
        if (!(need.to() instanceof Party.Service)) return List.of(need.to());
        var pods = flows.ends(need).stream().map(NeedFlows.PodPort::pod).toList();
        var behind = shadows.pods().entrySet().stream().filter(w -> w.getValue().stream().anyMatch(pods::contains)).map(Map.Entry::getKey)
            .sorted().toList();
        return behind.isEmpty() ? List.of(need.to()) : behind;
    }

    private static Seen seen(Map<Need, Seen> all, Need need) {
        return all.getOrDefault(need, Seen.UNKNOWN);
    }

    /// What is applied is what is printed, read back.
    private static List<Change> changes(List<Proposal> proposals) {
        return proposals.stream().flatMap(p -> Manifests.read(p.file(), p.yaml(), "default").changes().stream()).toList();
    }

    private static Change deletion(Change applied) {
        return applied instanceof Change.ApplyPolicy(NetworkPolicy policy) ? new Change.DeletePolicy(policy.name()) : applied;
    }
}
