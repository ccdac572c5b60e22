package dev.lockdown.cluster.kubernetes.outside;

import dev.lockdown.cluster.Polling;
import dev.lockdown.flow.NamespacedName;
import io.fabric8.kubernetes.api.model.LoadBalancerIngress;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The addresses that a cluster's load balancers have: `status.loadBalancer.ingress`, once somebody has given one. Where a name stands there
/// instead, as on AWS, this machine's resolver is asked for it, once a run, and only if a scenario asks for the load balancer.
///
/// Who gives none in time is not waited for again in a run. Thread-safe.
public final class BalancerAddresses {
    private static final String TYPE = "LoadBalancer";

    private final KubernetesClient client;
    private final Polling polling;
    private final Duration deadline;
    private final Function<String, List<InetAddress>> resolver;
    private final AtomicBoolean givenUp = new AtomicBoolean();
    private final Map<String, List<InetAddress>> resolved = new ConcurrentHashMap<>();
    /// The names that were asked for in vain, by the Services that have them.
    private final Map<NamespacedName, String> unresolved = new ConcurrentHashMap<>();

    /// @param deadline until the first of them has an address
    /// @param resolver gives the addresses of a name, or none
    public BalancerAddresses(KubernetesClient client, Polling polling, Duration deadline, Function<String, List<InetAddress>> resolver) {
        this.client = client;
        this.polling = polling;
        this.deadline = deadline;
        this.resolver = resolver;
    }

    /// What a load balancer was given.
    ///
    /// @param addresses none where it was given none in time
    /// @param proxied whether its address is its own alone (`ipMode: Proxy`)
    public record Given(List<InetAddress> addresses, boolean proxied) {
        public Given {
            addresses = List.copyOf(addresses);
        }
    }

    /// Give the addresses of a Service's load balancer.
    ///
    /// @param namespace its name in the cluster
    /// @param awaited whether somebody asks for it, so that it is waited for
    public Given of(String namespace, NamespacedName service, boolean awaited) {
        Supplier<Given> look = () -> {
            var there = ingress(client.services().inNamespace(namespace).withName(service.name()).get());
            return awaited ? given(service, there) : new Given(literals(there), isProxied(there));
        };
        if (!awaited || givenUp.get()) return look.get();
        var last = polling.until(deadline, look, g -> !g.addresses.isEmpty(), _ -> awaited(service)).value();
        if (last.addresses.isEmpty()) givenUp.set(true);
        return last;
    }

    private String awaited(NamespacedName service) {
        var name = unresolved.get(service);
        return "the load balancer of service %s to be given an address%s".formatted(service,
            name == null ? "" : ": nobody knows its name yet, " + name);
    }

    private Given given(NamespacedName service, List<LoadBalancerIngress> ingress) {
        var addresses = new LinkedHashSet<>(literals(ingress));
        unresolved.remove(service);
        for (var name : names(ingress)) {
            var known = resolved.computeIfAbsent(name, this::resolve);
            if (known == null) unresolved.put(service, name);
            else addresses.addAll(known);
        }
        return new Given(List.copyOf(addresses), isProxied(ingress));
    }

    /// @return null where nobody knows it yet, which is not remembered
    private @Nullable List<InetAddress> resolve(String name) {
        var addresses = resolver.apply(name);
        return addresses.isEmpty() ? null : List.copyOf(addresses);
    }

    private static List<LoadBalancerIngress> ingress(@Nullable Service service) {
        if (service == null || service.getStatus() == null || service.getStatus().getLoadBalancer() == null) return List.of();
        return Objects.requireNonNullElse(service.getStatus().getLoadBalancer().getIngress(), List.of());
    }

    private static List<InetAddress> literals(List<LoadBalancerIngress> ingress) {
        return ingress.stream().map(LoadBalancerIngress::getIp).filter(ip -> ip != null && !ip.isEmpty()).map(InetAddress::ofLiteral)
            .toList();
    }

    private static List<String> names(List<LoadBalancerIngress> ingress) {
        return ingress.stream().filter(i -> i.getIp() == null || i.getIp().isEmpty()).map(LoadBalancerIngress::getHostname)
            .filter(name -> name != null && !name.isEmpty()).distinct().toList();
    }

    private static boolean isProxied(List<LoadBalancerIngress> ingress) {
        return ingress.stream().anyMatch(i -> "Proxy".equals(i.getIpMode()));
    }

    /// Why nobody is asked by a load balancer, as far as those that are there show it: all of them wait for an address.
    ///
    /// @return empty where one has an address, there is none, or the user may not look
    public static Optional<String> pending(KubernetesClient client) {
        try {
            var balanced =
                client.services().inAnyNamespace().list().getItems().stream().filter(s -> TYPE.equals(s.getSpec().getType())).toList();
            if (balanced.isEmpty() || balanced.stream().anyMatch(BalancerAddresses::isGiven)) return Optional.empty();
            var first = balanced.getFirst().getMetadata();
            return Optional.of("none of the cluster's load balancers has an address (%s/%s waits for one)".formatted(first.getNamespace(),
                first.getName()));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) return Optional.empty();
            throw e;
        }
    }

    private static boolean isGiven(Service service) {
        var ingress = ingress(service);
        return !literals(ingress).isEmpty() || !names(ingress).isEmpty();
    }

    /// Why a load balancer is not dialled.
    ///
    /// @param why it has no address
    public static String refusal(String why) {
        return "%s; a controller gives them, such as MetalLB, cloud-provider-kind or k3s' own, and so does `kubectl patch service NAME --subresource status`"
            .formatted(why);
    }

    /// Why one was not dialled that was waited for.
    public String none(NamespacedName service) {
        var name = unresolved.get(service);
        if (name != null)
            return "the load balancer of service %s is known by a name alone, %s, and this machine's resolver has no address of it; wait until the name is known, or have the resolver know it"
                .formatted(service, name);
        return refusal("the load balancer of service %s has no address here: it was given none in time (EXTERNAL-IP <pending>)"
            .formatted(service));
    }
}
