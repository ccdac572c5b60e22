package dev.lockdown.rehearsal;

import dev.lockdown.cluster.Cluster;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.need.Because;
import dev.lockdown.need.Need;
import dev.lockdown.need.Needs;
import dev.lockdown.need.Party;
import dev.lockdown.need.Unproven;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Change;
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
    /// For documentation (RFC 5737): an API server is nowhere where nobody said where it is.
    private static final Addresses.ApiServer MADE_UP = new Addresses.ApiServer(InetAddress.ofLiteral("192.0.2.1"), 6443);

    private final Needs needs;
    private final Shadows shadows;
    private final Addresses.@Nullable ApiServer apiServer;

    /// @param apiServer where proposals are to say that the API is; null where nobody knows
    public Rehearsal(Needs needs, Shadows shadows, Addresses.@Nullable ApiServer apiServer) {
        this.needs = needs;
        this.shadows = shadows;
        this.apiServer = apiServer;
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
        var state = shadows.states().first();
        var addresses = new HashMap<>(ClusterDefaults.addresses(state));
        state.hosts().values()
            .forEach(h -> addresses.put(new Endpoint.Host(h.name()), h.addresses().stream().map(InetAddress::ofLiteral).toList()));
        return play(new OracleStage(state, new Addresses(addresses, List.of(MADE_UP))));
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
            stage.apply(own);
            today = asked.on(stage);
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
        stage.apply(changes(ways.healing(working).stream().map(a -> ProposalYaml.of(a, false)).toList()));
        var healed = asked.on(stage);
        var opened = unneeded.openOn(stage);
        var proposals = new ArrayList<>(deny);
        new Allowances(stage.state(), shadows, flows, selectors, List.of(apiServer == null ? MADE_UP : apiServer)).healing(working)
            .forEach(a -> proposals.add(ProposalYaml.of(a, apiServer == null)));
        var results = new ArrayList<NeedResult>();
        for (var need : needs.needs())
            results.add(new NeedResult(need, ends(need, flows), seen(before, need), seen(locked, need), today.get(need),
                before.get(need) == Seen.OPEN && !ways.endsOnNodes(need) ? healed.get(need) : null, why.getOrDefault(need, List.of()),
                whyToday.getOrDefault(need, List.of())));
        return new Rehearsed(stage.description(), needs.workloads().size(), shadows.namespaces().stream().sorted().toList(), own.size(),
            results,
            proposals, opened, openToday, unproven(before, selectors, ways), needs.assumed());
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

    private List<Unproven> unproven(Map<Need, Seen> before, PodSelectors selectors, Allowances ways) {
        var unproven = new ArrayList<>(needs.unproven());
        for (var need : needs.needs()) {
            if (need.to() instanceof Party.Host(var name) && seen(before, need) == Seen.UNKNOWN)
                unproven.add(new Unproven(need.from(), "nobody said which address %s has, so nothing can be allowed to it".formatted(name),
                    "--host %s=ADDRESS,%s".formatted(name, need.port()), need.because().getFirst(), false));
            else
                if (!(need.from() instanceof Party.Node) && seen(before, need) == Seen.OPEN && ways.endsOnNodes(need))
                    unproven.add(new Unproven(need.from(),
                        "%s ends in the network of nodes, whose addresses are not in the manifests".formatted(need),
                        "allow the addresses of your nodes by an ipBlock", need.because().getFirst(), false));
                else
                    if (need.from() instanceof Party.Api)
                        unproven
                            .add(new Unproven(need.from(), "the API server dials %s on %s, and from which address is not in the manifests"
                                .formatted(need.to(), need.port()), "allow its address by an ipBlock", need.because().getFirst(), false));
                    else
                        if (seen(before, need) != Seen.OPEN)
                            unproven.add(new Unproven(need.from(), "%s did not work before any policy".formatted(need),
                                "look at the Service's selector and ports",
                                need.because().getFirst(), true));
        }
        for (var workload : needs.workloads()) {
            var others = selectors.others(workload.party());
            if (!others.isEmpty())
                unproven.add(new Unproven(workload.party(),
                    "no labels tell it from %s, so whatever it is allowed, they are".formatted(others.iterator().next()),
                    "give its template a label of its own", placeOf(workload.party()), false));
            else
                if (selectors.of(workload.party()).isEmpty() && !shadows.pods().getOrDefault(workload.party(), List.of()).isEmpty())
                    unproven.add(new Unproven(workload.party(), "it has no labels, so no policy can mean it", "give its template a label",
                        placeOf(workload.party()), false));
        }
        return unproven;
    }

    private Because placeOf(Party.Workload party) {
        return needs.workloads().stream().filter(w -> w.party().equals(party)).findFirst().orElseThrow().at();
    }

    /// The flows of all needs, asked together.
    private static final class Asked {
        private final List<Need> needs;
        private final Map<Need, List<Flow>> flows = new HashMap<>();
        private final List<Flow> all = new ArrayList<>();

        Asked(List<Need> needs, NeedFlows needFlows) {
            this.needs = needs;
            for (var need : needs) {
                var own = needFlows.of(need);
                flows.put(need, own);
                all.addAll(own);
            }
        }

        Map<Need, Seen> on(Stage stage) {
            var answers = stage.ask(all).iterator();
            var seen = new HashMap<Need, Seen>();
            for (var need : needs) seen.put(need, Seen.all(flows.getOrDefault(need, List.of()).stream().map(_ -> answers.next()).toList()));
            return seen;
        }

        Map<Need, List<String>> because(Stage stage, Map<Need, Seen> seen) {
            var because = new HashMap<Need, List<String>>();
            for (var need : needs) {
                var own = flows.getOrDefault(need, List.of());
                if (!own.isEmpty() && (seen.get(need) == Seen.BLOCKED || seen.get(need) == Seen.SOME))
                    because.put(need, stage.because(own.getFirst()));
            }
            return because;
        }
    }
}
