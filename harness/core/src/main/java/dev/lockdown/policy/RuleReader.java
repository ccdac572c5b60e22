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

/// Reads the rules one after the other, and keeps what each of them says.
final class RuleReader implements Rules {
    private final Census census;

    RuleReader(Census census) {
        this.census = census;
    }

    @Override
    public Ruling of(Party.Member subject, Direction direction, Party peer, Port port, Family family) {
        if (census.isolating(subject, direction).isEmpty()) return Settled.NOT_ISOLATED;
        return sum(read(subject, direction, peer, port, family));
    }

    private static Ruling sum(List<Reading> readings) {
        Ruling sum = Settled.REFUSED;
        for (var reading : readings) {
            switch (reading) {
                case Reading.Admits _ -> {
                    return Settled.ADMITTED;
                }
                case Reading.Unsettled(_, _, var question) -> {
                    if (!(sum instanceof OpenQuestion other) || question.compareTo(other) < 0) sum = question;
                }
                case Reading.Misses _ -> {}
            }
        }
        return sum;
    }

    /// Give what every entry of every rule of the policies that isolate the subject says, in order.
    List<Reading> read(Party.Member subject, Direction direction, Party peer, Port port, Family family) {
        var readings = new ArrayList<Reading>();
        for (var policy : census.isolating(subject, direction)) {
            var rules = policy.rules(direction);
            for (int i = 0; i < rules.size(); i++)
                readings.addAll(new Entry(policy, direction, i, rules.get(i), subject, peer, port, family).read());
        }
        return readings;
    }

    private enum PortFit {
        BY_NUMBER, BY_NAME, NONE
    }

    private record Entry(NetworkPolicy policy, Direction direction, int index, Rule rule, Party.Member subject, Party peer, Port port,
            Family family) {

        List<Reading> read() {
            var fit = portFit();
            if (rule.peers().isEmpty()) return List.of(everybody(fit));
            var readings = new ArrayList<Reading>(rule.peers().size());
            for (int i = 0; i < rule.peers().size(); i++) readings.add(read(rule.peers().get(i), path(i), fit));
            return readings;
        }

        private PortFit portFit() {
            if (Ports.byNumber(rule, port)) return PortFit.BY_NUMBER;
            var destination = destination();
            return destination != null && Ports.byName(rule, port, destination) ? PortFit.BY_NAME : PortFit.NONE;
        }

        private @Nullable Pod destination() {
            if (direction == Direction.INGRESS) return subject.pod();
            return peer instanceof Party.Member m ? m.pod() : null;
        }

        private Reading everybody(PortFit fit) {
            return switch (fit) {
                case BY_NUMBER -> new Reading.Admits(policy.name(), path(-1));
                case BY_NAME -> named(path(-1));
                case NONE -> new Reading.Misses(policy.name(), path(-1), NearMiss.port(rule, port, destination()), 1);
            };
        }

        private Reading read(Peer wanted, RulePath path, PortFit fit) {
            boolean byAddress = wanted instanceof Peer.IpBlock;
            if (fit == PortFit.NONE || byAddress && fit == PortFit.BY_NAME && direction == Direction.EGRESS)
                return NearMiss.peerAndPort(this.policy, path, wanted, peer, family, NearMiss.port(rule, port, destination()));
            return switch (wanted) {
                case Peer.Pods pods -> peer instanceof Party.Member m && Census.names(pods, policy.name().namespace(), m) ? named(path)
                        : NearMiss.peer(policy, path, wanted, peer, family);
                case Peer.IpBlock block -> covered(block, path);
            };
        }

        /// The peer is a pod that the rule names; a destination with a named port counts, since only a pod has one.
        private Reading named(RulePath path) {
            boolean open = peer.onNodeAddress() && peer instanceof Party.Member
                    && !(direction == Direction.INGRESS && path.peer() < 0);
            return open ? new Reading.Unsettled(policy.name(), path, OpenQuestion.HOST_NETWORK_PEER)
                    : new Reading.Admits(policy.name(), path);
        }

        private Reading covered(Peer.IpBlock block, RulePath path) {
            boolean pod = peer instanceof Party.Member m && !m.pod().hostNetwork();
            return switch (peer.place().in(block, family)) {
                case INSIDE -> pod ? new Reading.Unsettled(policy.name(), path, OpenQuestion.POD_BY_IP_BLOCK)
                        : new Reading.Admits(policy.name(), path);
                case UNKNOWN -> new Reading.Unsettled(policy.name(), path,
                        pod ? OpenQuestion.POD_BY_IP_BLOCK : OpenQuestion.ADDRESS_UNKNOWN);
                case OUTSIDE -> NearMiss.peer(policy, path, block, peer, family);
            };
        }

        private RulePath path(int peerIndex) {
            return new RulePath(direction, index, peerIndex);
        }
    }
}
