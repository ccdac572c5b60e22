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
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The addresses that a cluster's load balancers have: `status.loadBalancer.ingress`, once somebody has given one.
///
/// Who gives none in time is not waited for again in a run. Thread-safe.
public final class BalancerAddresses {
    private static final String TYPE = "LoadBalancer";

    private final KubernetesClient client;
    private final Polling polling;
    private final Duration deadline;
    private final AtomicBoolean givenUp = new AtomicBoolean();

    /// @param deadline until the first of them has an address
    public BalancerAddresses(KubernetesClient client, Polling polling, Duration deadline) {
        this.client = client;
        this.polling = polling;
        this.deadline = deadline;
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
        Supplier<Given> look = () -> given(client.services().inNamespace(namespace).withName(service.name()).get());
        if (!awaited || givenUp.get()) return look.get();
        var last = polling.until(deadline, look, g -> !g.addresses.isEmpty(),
            _ -> "the load balancer of service %s to be given an address".formatted(service)).value();
        if (last.addresses.isEmpty()) givenUp.set(true);
        return last;
    }

    private static Given given(@Nullable Service service) {
        if (service == null || service.getStatus() == null || service.getStatus().getLoadBalancer() == null)
            return new Given(List.of(), false);
        var ingress = Objects.requireNonNullElse(service.getStatus().getLoadBalancer().getIngress(), List.<LoadBalancerIngress>of());
        var addresses = new ArrayList<InetAddress>();
        // A name that stands there instead is the outside's, which is not asked: no packet of a run leaves for anybody else's DNS.
        for (var each : ingress)
            if (each.getIp() != null && !each.getIp().isEmpty()) addresses.add(InetAddress.ofLiteral(each.getIp()));
        return new Given(addresses, ingress.stream().anyMatch(i -> "Proxy".equals(i.getIpMode())));
    }

    /// Why nobody is asked by a load balancer, as far as those that are there show it: all of them wait for an address.
    ///
    /// @return empty where one has an address, there is none, or the user may not look
    public static Optional<String> pending(KubernetesClient client) {
        try {
            var balanced =
                client.services().inAnyNamespace().list().getItems().stream().filter(s -> TYPE.equals(s.getSpec().getType())).toList();
            if (balanced.isEmpty() || balanced.stream().anyMatch(s -> !given(s).addresses.isEmpty())) return Optional.empty();
            var first = balanced.getFirst().getMetadata();
            return Optional.of("none of the cluster's load balancers has an address (%s/%s waits for one)".formatted(first.getNamespace(),
                first.getName()));
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_FORBIDDEN) return Optional.empty();
            throw e;
        }
    }

    /// Why a load balancer is not dialled.
    ///
    /// @param why it has no address
    public static String refusal(String why) {
        return "%s; a controller gives them, such as MetalLB, cloud-provider-kind or k3s' own, and so does `kubectl patch service NAME --subresource status`"
            .formatted(why);
    }

    /// Why one was not dialled that was waited for.
    public static String none(NamespacedName service) {
        return refusal(
            "the load balancer of service %s has no address here: it was given none in time (EXTERNAL-IP <pending>), or a name alone"
                .formatted(service));
    }
}
