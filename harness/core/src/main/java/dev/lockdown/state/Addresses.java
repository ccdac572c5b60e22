package dev.lockdown.state;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The addresses that a cluster gave to its endpoints. A Service without a ClusterIP (headless) has none.
///
/// @param apiServers where the API server really listens, behind the ClusterIP of [Endpoint.KubernetesApi]; empty where nobody knows
public record Addresses(Map<Endpoint, List<InetAddress>> byEndpoint, List<ApiServer> apiServers) {
    public static final Addresses NONE = new Addresses(Map.of());

    public Addresses {
        byEndpoint = Map.copyOf(byEndpoint);
        apiServers = List.copyOf(apiServers);
    }

    public Addresses(Map<Endpoint, List<InetAddress>> byEndpoint) {
        this(byEndpoint, List.of());
    }

    /// One endpoint of the Service `default/kubernetes`, as packets see it after DNAT.
    public record ApiServer(InetAddress address, int port) {}

    public List<InetAddress> of(Endpoint endpoint) {
        return byEndpoint.getOrDefault(endpoint, List.of());
    }

    public Optional<InetAddress> of(Endpoint endpoint, Family family) {
        return of(endpoint).stream().filter(a -> Family.of(a) == family).findFirst();
    }

    /// Whether an endpoint is known to have no address of the family: it has some, and all are of the other. A Service that is
    /// SingleStack on a cluster with both families is one, as kube-dns mostly is.
    public boolean lacks(Endpoint endpoint, Family family) {
        return !of(endpoint).isEmpty() && of(endpoint, family).isEmpty();
    }
}
