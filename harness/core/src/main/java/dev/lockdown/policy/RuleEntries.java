package dev.lockdown.policy;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Direction;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.Rule;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// One rule beside one side of a flow: what each of its entries says.
///
/// @param index the rule's, within its direction
record RuleEntries(NetworkPolicy policy, Direction direction, int index, FlowEnd.Member subject, FlowEnd peer, Port port, Family family) {

    private enum PortFit {
        /// The rule admits the port whoever the peer is.
        ANY_PEER,
        /// The rule admits the port because the peer, a destination pod, gives it a name of the rule's.
        NAMED_BY_PEER, NONE
    }

    List<Reading> read() {
        var peers = rule().peers();
        var fit = portFit();
        if (peers.isEmpty()) return List.of(everybody(fit));
        var readings = new ArrayList<Reading>(peers.size());
        for (int i = 0; i < peers.size(); i++) readings.add(read(peers.get(i), path(i), fit));
        return readings;
    }

    private PortFit portFit() {
        if (RulePorts.byNumber(rule(), port)) return PortFit.ANY_PEER;
        var destination = destination();
        if (destination == null || !RulePorts.byName(rule(), port, destination)) return PortFit.NONE;
        return direction == Direction.INGRESS ? PortFit.ANY_PEER : PortFit.NAMED_BY_PEER;
    }

    private @Nullable Pod destination() {
        if (direction == Direction.INGRESS) return subject.pod();
        return peer instanceof FlowEnd.Member m ? m.pod() : null;
    }

    private Reading everybody(PortFit fit) {
        return switch (fit) {
            case ANY_PEER -> new Reading.Admits(policy.name(), path(-1));
            case NAMED_BY_PEER -> asPod(path(-1));
            case NONE -> new Reading.Misses(policy.name(), path(-1), this::portText, 1);
        };
    }

    private Reading read(Peer wanted, RulePath path, PortFit fit) {
        return switch (wanted) {
            case Peer _ when fit == PortFit.NONE -> NearMiss.peerAndPort(policy, path, wanted, peer, family, this::portText);
            case Peer.Pods pods -> peer instanceof FlowEnd.Member m && PodIndex.names(pods, policy.name().namespace(), m) ? asPod(path)
                : NearMiss.peer(policy, path, wanted, peer, family);
            case Peer.IpBlock block when fit == PortFit.NAMED_BY_PEER -> byNameInBlock(block, path);
            case Peer.IpBlock block -> byAddress(block, path);
        };
    }

    /// The rule means the peer as a pod, by its labels or its port name.
    private Reading asPod(RulePath path) {
        return peer.onNodeAddress() ? new Reading.Unsettled(policy.name(), path, OpenQuestion.HOST_NETWORK_PEER)
            : new Reading.Admits(policy.name(), path);
    }

    private Reading byAddress(Peer.IpBlock block, RulePath path) {
        var open = peer instanceof FlowEnd.Member m && !m.pod().hostNetwork() ? OpenQuestion.POD_BY_IP_BLOCK : OpenQuestion.ADDRESS_UNKNOWN;
        return switch (peer.addresses().in(block, family)) {
            case OUTSIDE -> NearMiss.peer(policy, path, block, peer, family);
            case UNKNOWN -> new Reading.Unsettled(policy.name(), path, open);
            case INSIDE -> open == OpenQuestion.POD_BY_IP_BLOCK ? new Reading.Unsettled(policy.name(), path, open)
                : new Reading.Admits(policy.name(), path);
        };
    }

    /// No document says whether an egress rule resolves a port's name among the pods of a block: Calico does, kube-router and NSX do not.
    private Reading byNameInBlock(Peer.IpBlock block, RulePath path) {
        if (peer.addresses().in(block, family) == EndAddresses.Fit.OUTSIDE) return NearMiss.peer(policy, path, block, peer, family);
        return new Reading.Unsettled(policy.name(), path,
            peer.onNodeAddress() ? OpenQuestion.HOST_NETWORK_PEER : OpenQuestion.POD_BY_IP_BLOCK);
    }

    private String portText() {
        return NearMiss.port(rule(), port, destination());
    }

    private Rule rule() {
        return policy.rules(direction).get(index);
    }

    private RulePath path(int peerIndex) {
        return new RulePath(direction, index, peerIndex);
    }
}
