package dev.lockdown.state;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Protocol;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A NetworkPolicy of `networking.k8s.io/v1`.
///
/// @param types the directions that it isolates; empty only in a [Change], where the manifest gave none. What a
///     [ClusterState] holds is always defaulted: ingress, and egress as well if the policy has egress rules
/// @see <a href="https://kubernetes.io/docs/concepts/services-networking/network-policies/">Network Policies</a>
public record NetworkPolicy(NamespacedName name, LabelSelector podSelector, Set<Direction> types, List<Rule> ingress, List<Rule> egress) {
    public NetworkPolicy {
        types = types.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(types));
        ingress = List.copyOf(ingress);
        egress = List.copyOf(egress);
    }

    public List<Rule> rules(Direction direction) {
        return direction == Direction.INGRESS ? ingress : egress;
    }

    NetworkPolicy withTypes(Set<Direction> other) {
        return new NetworkPolicy(name, podSelector, other, ingress, egress);
    }

    /// One entry of `ingress` or `egress`: any of its peers, on any of its ports.
    ///
    /// @param peers empty means everybody
    /// @param ports empty means every protocol and port
    public record Rule(List<Peer> peers, List<PolicyPort> ports) {
        public Rule {
            peers = List.copyOf(peers);
            ports = List.copyOf(ports);
        }
    }

    public sealed interface Peer {

        /// Pods by labels of theirs, of their namespace, or of both at once. At least one of the two is given.
        ///
        /// @param podSelector null means all pods of the namespaces
        /// @param namespaceSelector null means the policy's own namespace
        record Pods(@Nullable LabelSelector podSelector, @Nullable LabelSelector namespaceSelector) implements Peer {}

        /// @param except blocks strictly inside `cidr`
        record IpBlock(Cidr cidr, List<Cidr> except) implements Peer {
            public IpBlock {
                except = List.copyOf(except);
            }
        }
    }

    public sealed interface PolicyPort {
        Protocol protocol();

        /// Every port of the protocol.
        record Any(Protocol protocol) implements PolicyPort {}

        /// The ports from `first` to `last`, both included; equal where the manifest has no `endPort`.
        record Range(Protocol protocol, int first, int last) implements PolicyPort {}

        /// The port that the *destination* pod declares under this name for this protocol; nothing where it declares none.
        record Named(Protocol protocol, String name) implements PolicyPort {}
    }
}
