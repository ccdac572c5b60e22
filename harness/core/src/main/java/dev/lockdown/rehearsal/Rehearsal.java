package dev.lockdown.rehearsal;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.flow.Endpoint;
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
import org.jspecify.annotations.Nullable;

/// Plays a lockdown of an application: before it, under the policies that the application has, under default-deny, and healed.
///
/// ```java
/// var needs = NeedReader.read(manifest, sources, "shop", Map.of());
/// var rehearsed = new Rehearsal(needs, Shadows.of(manifest, needs, hosts), null).on(cluster, journal);
/// rehearsed.proposals().forEach(p -> System.out.println(p.yaml()));
/// ```
public final class Rehearsal {
    private final Needs needs;
    private final Shadows shadows;
    private final ApiAddress api;
    private final boolean isConsolidated;

    /// @param apiServer where proposals are to say that the API is; null where nobody knows
    public Rehearsal(Needs needs, Shadows shadows, Addresses.@Nullable ApiServer apiServer) {
        this(needs, shadows, apiServer, false);
    }

    /// @param isConsolidated whether fewer and wider policies are proposed, for whole namespaces, which open more than is needed
    public Rehearsal(Needs needs, Shadows shadows, Addresses.@Nullable ApiServer apiServer, boolean isConsolidated) {
        this.isConsolidated = isConsolidated;
        this.needs = needs;
        this.shadows = shadows;
        this.api = ApiAddress.of(apiServer);
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
        stage.apply(api.onStage(own, stage.addresses().apiServers()));
        var now = judged(asked.on(stage), own);
        var why = asked.because(stage, now);
        var results = needs.needs().stream()
            .map(n -> new Today.Result(n, seen(before, n), seen(now, n), why.getOrDefault(n, List.of()))).toList();
        var open =
            unneeded.flowsOpenOn(stage).entrySet().stream().map(e -> new Today.Open(e.getKey(), stage.deciding(e.getValue()))).toList();
        var working = results.stream().filter(r -> r.now() == Seen.OPEN).map(Today.Result::need).toList();
        return new Today(stage.description(), shadows.pods().keySet(), results, ways(working, flows), open, needs.unproven());
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

    /// Nobody can tell whether policies allow an API whose address nobody said.
    private Map<Need, Seen> judged(Map<Need, Seen> seen, List<Change> own) {
        var judged = new HashMap<>(seen);
        judged.replaceAll((need, what) -> what != Seen.OPEN && api.mayBeMeant(need, own) ? Seen.UNKNOWN : what);
        return judged;
    }

    private OracleStage oracleStage() {
        var state = scheduled(shadows.states().first());
        var addresses = new HashMap<>(ClusterDefaults.addresses(state));
        state.hosts().values()
            .forEach(h -> addresses.put(new Endpoint.Host(h.name()), h.addresses().stream().map(InetAddress::ofLiteral).toList()));
        return new OracleStage(state, new Addresses(addresses, List.of(api.real())));
    }

    /// Where nobody schedules, all pods are on one node, so that each has a kubelet of its own node.
    private static ClusterState scheduled(ClusterState state) {
        var node = state.nodes().keySet().iterator().next();
        var pods = new HashMap<>(state.pods());
        pods.replaceAll((_, pod) -> pod.node().isEmpty() ? pod.onNode(node) : pod);
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
            stage.apply(api.onStage(own, stage.addresses().apiServers()));
            today = judged(asked.on(stage), own);
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
        var ways = new Allowances(stage.state(), shadows, flows, selectors, stage.addresses().apiServers());
        stage.apply(changes(allowances(ways, working).stream().map(a -> ProposalYaml.of(a, false)).toList()));
        var healed = asked.on(stage);
        var opened = unneeded.openOn(stage);
        var proposals = new ArrayList<>(deny);
        allowances(new Allowances(stage.state(), shadows, flows, selectors, List.of(api.real())), working)
            .forEach(a -> proposals.add(ProposalYaml.of(a, !api.isKnown())));
        var results = new ArrayList<NeedResult>();
        for (var need : needs.needs())
            results.add(new NeedResult(need, ends(need, flows), seen(before, need), seen(locked, need), today.get(need),
                before.get(need) == Seen.OPEN && !ways.endsOnNodes(need) ? healed.get(need) : null, why.getOrDefault(need, List.of()),
                whyToday.getOrDefault(need, List.of())));
        return new Rehearsed(stage.description(), needs.workloads().size(), shadows.namespaces().stream().sorted().toList(), own.size(),
            results,
            proposals, opened, openToday, new Untried(needs, shadows, ways, api, own).of(before, selectors), needs.assumed(),
            isConsolidated);
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
