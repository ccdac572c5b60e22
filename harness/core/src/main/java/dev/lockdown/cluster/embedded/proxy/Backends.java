package dev.lockdown.cluster.embedded.proxy;

import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Finds who answers for a Service: the pods that its selector selects, or the endpoints that were handed over for it.
public final class Backends {
    private final Addresses addresses;
    private final Map<NamespacedName, List<InetAddress>> handedOver;
    private final Map<String, List<Pod>> podsByNamespace = new HashMap<>();

    /// @param handedOver the addresses behind Services without a selector
    public Backends(Collection<Pod> pods, Addresses addresses, Map<NamespacedName, List<InetAddress>> handedOver) {
        this.addresses = addresses;
        this.handedOver = handedOver;
        pods.forEach(pod -> podsByNamespace.computeIfAbsent(pod.name().namespace(), _ -> new ArrayList<>()).add(pod));
    }

    /// An address and a port that a Service's connections go to.
    public record Backend(InetAddress address, int port) {
        /// The form in an nftables map.
        String element() {
            return address.getHostAddress() + " . " + port;
        }

        String literal() {
            return (Family.of(address) == Family.IPV6 ? "[%s]:%s" : "%s:%s").formatted(address.getHostAddress(), port);
        }
    }

    /// Pods that do not declare the named target port, or whose address is not known yet, are left out.
    public List<Backend> of(Service service, ServicePort port, Family family) {
        if (service.selector().isEmpty()) return handedOver(service, port, family);
        var backends = new ArrayList<Backend>();
        for (var pod : podsByNamespace.getOrDefault(service.name().namespace(), List.of())) {
            if (!pod.labels().entrySet().containsAll(service.selector().entrySet())) continue;
            ServiceEndpoints.target(pod, port).ifPresent(number -> addresses.of(new Endpoint.Pod(pod.name()), family)
                .ifPresent(address -> backends.add(new Backend(address, number))));
        }
        return backends;
    }

    private static List<Backend> given(Service service, ServicePort port, Family family) {
        return service.endpointsOf(port).stream().map(e -> new Backend(InetAddress.ofLiteral(e.address()), e.port()))
            .filter(b -> Family.of(b.address()) == family).toList();
    }

    private List<Backend> handedOver(Service service, ServicePort port, Family family) {
        if (!service.endpoints().isEmpty()) return given(service, port, family);
        // Without a pod there is nobody to ask for a named port's number.
        int number = port.target() instanceof TargetPort.Number(int n) ? n : port.port().number();
        return handedOver.getOrDefault(service.name(), List.of()).stream().filter(a -> Family.of(a) == family)
            .map(a -> new Backend(a, number)).toList();
    }
}
