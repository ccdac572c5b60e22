package dev.lockdown.cluster.embedded.controlplane;

import dev.lockdown.cluster.embedded.wiring.AddressPlan;
import dev.lockdown.cluster.embedded.wiring.IndexAllocator;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Service;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Gives Services their ClusterIPs: .1 to the API server, .10 to DNS, the lowest free one from .11 on to the others; and addresses to their load
/// balancers, the lowest free one from .1 on.
public final class ServiceAddresses {
    private static final int FIRST = 11;
    private static final int MOST = 60_000;
    private static final int MOST_BALANCERS = 250;

    private final List<Family> families;
    private final IndexAllocator indices = new IndexAllocator(MOST, "Services");
    private final IndexAllocator balancers = new IndexAllocator(MOST_BALANCERS, "Services of type LoadBalancer");
    private final Map<NamespacedName, Integer> given = new HashMap<>();
    private final Map<NamespacedName, Integer> balanced = new HashMap<>();

    public ServiceAddresses(List<Family> families) {
        this.families = List.copyOf(families);
    }

    public List<InetAddress> of(Service service) {
        if (service.type() == Service.Type.HEADLESS || service.isAlias()) return List.of();
        int number = number(service.name());
        return families.stream().map(f -> plus(AddressPlan.services(f).network(), number)).toList();
    }

    /// The addresses of a Service's load balancer; none where it has no such type.
    public List<InetAddress> ofBalancer(Service service) {
        if (service.type() != Service.Type.LOAD_BALANCER) return List.of();
        int number = 1 + balanced.computeIfAbsent(service.name(), _ -> balancers.take());
        return families.stream().map(f -> plus(AddressPlan.loadBalancers(f).network(), number)).toList();
    }

    public void giveBack(NamespacedName name) {
        var number = given.remove(name);
        if (number != null) indices.giveBack(number);
        giveBackBalancer(name);
    }

    public void giveBackBalancer(NamespacedName name) {
        var number = balanced.remove(name);
        if (number != null) balancers.giveBack(number);
    }

    private int number(NamespacedName name) {
        if (name.equals(SystemObjects.API)) return 1;
        if (name.equals(SystemObjects.DNS)) return 10;
        return FIRST + given.computeIfAbsent(name, _ -> indices.take());
    }

    private static InetAddress plus(InetAddress network, int number) {
        var length = network.getAddress().length;
        var digits = new BigInteger(1, network.getAddress()).add(BigInteger.valueOf(number)).toByteArray();
        var bytes = new byte[length];
        for (int i = 0; i < Math.min(length, digits.length); i++) bytes[length - 1 - i] = digits[digits.length - 1 - i];
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new AssertionError("addresses have 4 or 16 bytes", e);
        }
    }
}
