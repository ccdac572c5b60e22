package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.GivenEndpoint;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSlice;
import io.fabric8.kubernetes.api.model.discovery.v1.EndpointSliceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Writes down who answers for Services that select nobody, as EndpointSlices beside them: one for the addresses of a family that serve the
/// same ports.
///
/// Most runs need none of it, so that the right to write them is not among those that every run asks for.
final class GivenEndpoints {
    private static final String SERVICE = "kubernetes.io/service-name";
    private static final String MANAGED_BY = "endpointslice.kubernetes.io/managed-by";

    private final KubernetesClient client;
    private final ApiObjects made;
    private final NamespaceMapping mapping;
    private final Map<NamespacedName, List<String>> written = new ConcurrentHashMap<>();

    GivenEndpoints(KubernetesClient client, ApiObjects made, NamespaceMapping mapping) {
        this.client = client;
        this.made = made;
        this.mapping = mapping;
    }

    private record Port(String name, String protocol, int number) {}

    private record Kind(Family family, List<Port> ports) {}

    /// Why endpoints cannot be written by hand, with the rule to add.
    static String denied(NamespacedName service) {
        return """
            endpoints given by hand (of Service %s) are EndpointSlices, which this user may not write; add to its ClusterRole: \
            - {apiGroups: [discovery.k8s.io], resources: [endpointslices], verbs: [create, patch, delete]}""".formatted(service);
    }

    /// Write what a Service has now, and remove what it had before.
    ///
    /// @throws UnsupportedException if the user may not, with the rule to add
    void apply(Service service) {
        var slices = slices(service);
        try {
            for (var slice : slices) client.resource(slice).forceConflicts().serverSideApply();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 403) throw e;
            throw new UnsupportedException(denied(service.name()));
        }
        var names = slices.stream().map(s -> s.getMetadata().getName()).toList();
        var former = names.isEmpty() ? written.remove(service.name()) : written.put(service.name(), names);
        if (former != null) former.stream().filter(n -> !names.contains(n)).forEach(n -> delete(service.name(), n));
    }

    void delete(NamespacedName service) {
        var names = written.remove(service);
        if (names != null) names.forEach(n -> delete(service, n));
    }

    private void delete(NamespacedName service, String slice) {
        client.discovery().v1().endpointSlices().inNamespace(mapping.namespace(service.namespace())).withName(slice).delete();
    }

    private List<EndpointSlice> slices(Service service) {
        var portsOf = new LinkedHashMap<String, List<Port>>();
        for (var given : service.endpoints()) portsOf.computeIfAbsent(given.address(), _ -> new ArrayList<>()).add(port(given));
        var addressesOf = new LinkedHashMap<Kind, List<String>>();
        portsOf.forEach((address, ports) -> addressesOf
            .computeIfAbsent(new Kind(Family.of(InetAddress.ofLiteral(address)), ports), _ -> new ArrayList<>()).add(address));
        var slices = new ArrayList<EndpointSlice>();
        addressesOf.forEach((kind, addresses) -> slices.add(slice(service, slices.size() + 1, kind, addresses)));
        return slices;
    }

    private static Port port(GivenEndpoint given) {
        return new Port(given.portName(), given.protocol().name(), given.port());
    }

    private static String nameIn(Service service, Port given) {
        return service.ports().stream().filter(p -> p.name().equals(given.name) && p.port().protocol().name().equals(given.protocol))
            .findFirst()
            .map(ApiObjects::portName).orElse(given.name);
    }

    private EndpointSlice slice(Service service, int number, Kind kind, List<String> addresses) {
        var name = new NamespacedName(service.name().namespace(), "%s-given-%s".formatted(service.name().name(), number));
        var slice = new EndpointSliceBuilder()
            .withMetadata(made.metadata(name, Map.of(SERVICE, service.name().name(), MANAGED_BY, "lockdown.dev")))
            .withAddressType(kind.family == Family.IPV4 ? "IPv4" : "IPv6");
        for (var address : addresses)
            slice.addNewEndpoint().withAddresses(address).withNewConditions().withReady(true).endConditions().endEndpoint();
        for (var port : kind.ports)
            slice.addNewPort().withName(nameIn(service, port)).withProtocol(port.protocol)
                .withPort(port.number).endPort();
        return slice.build();
    }
}
