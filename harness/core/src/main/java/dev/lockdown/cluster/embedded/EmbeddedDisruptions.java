package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.controlplane.SystemObjects;
import dev.lockdown.cluster.embedded.nft.Link;
import dev.lockdown.cluster.embedded.wiring.NodeLink;
import dev.lockdown.cluster.embedded.wiring.Wiring;
import dev.lockdown.disruption.ClusterDisruption;
import dev.lockdown.disruption.Disruption;
import dev.lockdown.disruption.ObjectDisruption;
import dev.lockdown.flow.NamespacedName;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// What can be done on purpose to an embedded cluster. All of it ends with this process, and before that by itself.
///
/// @param apiNode where the API server runs
record EmbeddedDisruptions(Enforcement enforcement, PacketLoss loss, NodeReboot reboot, Wiring wiring, String apiNode) {

    /// @throws UnsupportedException if it cannot, saying why
    static void requirePossible(Disruption disruption) {
        switch (disruption) {
            case ClusterDisruption.CniAgentKilled _ -> throw new UnsupportedException(
                "the embedded cluster has no CNI agent; `enforcement restarts from nothing` and `enforcement pauses` are its like");
            case ClusterDisruption.CniChanged _, ClusterDisruption.CniVersionChanged _ ->
                throw new UnsupportedException("the embedded cluster has no CNI agent, and no manifests of one: " + disruption.words());
            case ClusterDisruption.PodRecreated _ ->
                throw new UnsupportedException("the embedded cluster has no way to do that: " + disruption.words());
            case ClusterDisruption.EnforcementPaused _, ClusterDisruption.EnforcementRestarted _, ClusterDisruption.RulesForgotten _, ClusterDisruption.LinkDown _, ClusterDisruption.LinkLossy _, ClusterDisruption.NodeCutOff _, ClusterDisruption.ApiAway _, ClusterDisruption.ApiCut _, ClusterDisruption.DnsAway _, ClusterDisruption.NodeRestarted _, ObjectDisruption _ ->
                {}
        }
    }

    Disruption.Ongoing begin(ClusterDisruption disruption, Snapshot now) {
        return switch (disruption) {
            case ClusterDisruption.EnforcementPaused(var lasting) -> enforcement.pause(lasting);
            case ClusterDisruption.EnforcementRestarted _ -> enforcement.forget(Duration.ZERO);
            case ClusterDisruption.RulesForgotten(var lasting) -> enforcement.forget(lasting);
            case ClusterDisruption.LinkDown(var pod, var lasting) -> loss.at(link(pod), 100, lasting);
            case ClusterDisruption.LinkLossy(var pod, var percent, var lasting) -> loss.at(link(pod), percent, lasting);
            case ClusterDisruption.NodeCutOff(var node, var lasting) -> loss.at(Map.of(node, List.of(NodeLink.UPLINK)), 100, lasting);
            case ClusterDisruption.ApiAway(var lasting) -> loss.towards(apiNode, SystemObjects.API_PORT, lasting);
            case ClusterDisruption.ApiCut(var node, var lasting) -> loss.from(node, SystemObjects.API_PORT, lasting);
            case ClusterDisruption.DnsAway(var lasting) -> loss.at(dnsLinks(now), 100, lasting);
            case ClusterDisruption.NodeRestarted(var node) -> reboot.begin(node, now);
            case ClusterDisruption.CniAgentKilled _, ClusterDisruption.PodRecreated _, ClusterDisruption.CniChanged _, ClusterDisruption.CniVersionChanged _ ->
                throw new IllegalStateException("not possible here: " + disruption.words());
        };
    }

    private Map<String, List<String>> link(NamespacedName pod) {
        var link = wiring.link(pod);
        if (link == null) throw new UnsupportedException("%s uses its node's network and has no link of its own".formatted(pod));
        return Map.of(link.node(), List.of(link.hostInterface()));
    }

    private Map<String, List<String>> dnsLinks(Snapshot now) {
        var links = new ArrayList<Link>();
        for (var pod : now.state().pods().values()) {
            var link = SystemObjects.servesDns(pod) ? wiring.link(pod.name()) : null;
            if (link != null) links.add(link);
        }
        return new HashMap<>(links.stream()
            .collect(Collectors.groupingBy(Link::node, Collectors.mapping(Link::hostInterface, Collectors.toList()))));
    }
}
