package dev.lockdown.state;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import java.util.List;

/// The DNS cache of the nodes (NodeLocal DNSCache): pods ask it instead of the Service `kube-system/kube-dns`.
///
/// Its address, usually 169.254.20.10, is on every node and belongs to no pod, so a policy knows it by an ipBlock alone. It is declared as
/// a machine of that address.
///
/// @see <a href="https://kubernetes.io/docs/tasks/administer-cluster/nodelocaldns/">NodeLocal DNSCache</a>
public final class DnsCache {
    private static final Endpoint.Host CACHE = new Endpoint.Host("node-local-dns");
    private static final Endpoint.Service SERVICE = new Endpoint.Service(new NamespacedName("kube-system", "kube-dns"));

    private DnsCache() {}

    /// @param address an IPv4 or IPv6 literal
    public static ExternalHost at(String address) {
        return new ExternalHost(CACHE.name(), List.of(new Port(Protocol.UDP, 53), new Port(Protocol.TCP, 53)), List.of(address));
    }

    public static boolean is(ExternalHost host) {
        return host.name().equals(CACHE.name());
    }

    public static boolean is(Endpoint endpoint) {
        return endpoint.equals(CACHE);
    }

    /// Give whom pods ask for names: the cache where there is one, or else the cluster's DNS.
    public static Endpoint asked(ClusterState state) {
        return state.hosts().containsKey(CACHE.name()) ? CACHE : SERVICE;
    }
}
