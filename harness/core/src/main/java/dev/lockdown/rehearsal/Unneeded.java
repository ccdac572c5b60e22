package dev.lockdown.rehearsal;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Flow;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.need.Need;
import dev.lockdown.need.Party;
import dev.lockdown.rehearsal.Rehearsed.Way;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.Pod;
import dev.lockdown.trial.LivenessPort;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// Every flow between those on the stage that no need is about.
///
/// A Service is what is behind it, so its pods are asked themselves. Pods in their node's network are left out: the API leaves open what
/// policies mean to them.
final class Unneeded {
    private static final Port API = new Port(Protocol.TCP, 443);

    private final List<Flow> flows = new ArrayList<>();
    private final List<Way> ways = new ArrayList<>();

    /// @param needs all that were read; what one of them is about counts as needed, whether it worked or not
    Unneeded(ClusterState state, Shadows shadows, List<Need> needs, NeedFlows needFlows) {
        var partyOf = new HashMap<NamespacedName, Party>();
        shadows.pods().forEach((party, pods) -> pods.forEach(p -> partyOf.put(p, party)));
        var needed = needed(needs, needFlows);
        var standing = partyOf.keySet().stream().filter(p -> !isOnHostNetwork(state, p)).sorted().toList();
        var served = new HashMap<NamespacedName, List<Port>>();
        for (var name : standing) if (state.pods().get(name) instanceof Pod pod) served.put(name, LivenessPort.served(pod));
        for (var source : standing) {
            for (var destination : standing) {
                if (source.equals(destination)) continue;
                for (var port : served.getOrDefault(destination, List.of()))
                    add(partyOf, source, new Endpoint.Pod(destination), partyOf.get(destination), port, needed);
            }
            // What the platform's own reach elsewhere is not the application's affair.
            if (partyOf.get(source) instanceof Party.Platform) continue;
            add(partyOf, source, new Endpoint.KubernetesApi(), new Party.Api(), API, needed);
            for (var host : state.hosts().values())
                for (var port : host.ports())
                    add(partyOf, source, new Endpoint.Host(host.name()), new Party.Host(host.name()), port, needed);
        }
    }

    private record Key(NamespacedName from, Endpoint to, Port port) {}

    private static Set<Key> needed(List<Need> needs, NeedFlows needFlows) {
        var needed = new HashSet<Key>();
        for (var need : needs)
            for (var flow : needFlows.of(need)) {
                if (!(flow.source() instanceof Endpoint.Pod(var source))) continue;
                needed.add(new Key(source, flow.destination(), flow.port()));
                needFlows.ends(need).forEach(e -> needed.add(new Key(source, new Endpoint.Pod(e.pod()), e.port())));
            }
        return needed;
    }

    private static boolean isOnHostNetwork(ClusterState state, NamespacedName name) {
        return state.pods().get(name) instanceof Pod pod && pod.hostNetwork();
    }

    private void add(Map<NamespacedName, Party> partyOf, NamespacedName source, Endpoint to, @Nullable Party party, Port port,
            Set<Key> needed) {
        if (party == null || needed.contains(new Key(source, to, port)) || !(partyOf.get(source) instanceof Party from)) return;
        flows.add(Flow.of(new Endpoint.Pod(source), to, port));
        ways.add(new Way(from, party, port));
    }

    /// Give those of them that are open on a stage as it is now.
    List<Way> openOn(Stage stage) {
        return List.copyOf(flowsOpenOn(stage).keySet());
    }

    /// The same with one flow of each.
    SortedMap<Way, Flow> flowsOpenOn(Stage stage) {
        var open = new TreeMap<Way, Flow>();
        var seen = stage.ask(flows);
        for (int i = 0; i < flows.size(); i++) if (seen.get(i) == Seen.OPEN) open.putIfAbsent(ways.get(i), flows.get(i));
        return open;
    }
}
