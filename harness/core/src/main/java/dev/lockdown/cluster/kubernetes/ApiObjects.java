package dev.lockdown.cluster.kubernetes;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Alias;
import dev.lockdown.state.Direction;
import dev.lockdown.state.LabelSelector;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.NetworkPolicy.PolicyPort;
import dev.lockdown.state.Service;
import io.fabric8.kubernetes.api.model.IntOrString;
import io.fabric8.kubernetes.api.model.LabelSelectorBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.api.model.ServicePort;
import io.fabric8.kubernetes.api.model.ServicePortBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyEgressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyIngressRuleBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeer;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPeerBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPort;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyPortBuilder;
import io.fabric8.kubernetes.client.dsl.Resource;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Policies and Services as the API takes them.
final class ApiObjects {
    static final String RUN = "lockdown.dev/run";

    private final String run;
    private final NamespaceMapping names;

    ApiObjects(String run, NamespaceMapping names) {
        this.run = run;
        this.names = names;
    }

    ObjectMeta metadata(NamespacedName name, Map<String, String> labels) {
        var all = new HashMap<>(labels);
        all.put(RUN, run);
        return new ObjectMetaBuilder().withNamespace(names.namespace(name.namespace())).withName(name.name()).withLabels(all).build();
    }

    /// Change labels of an object.
    ///
    /// @param labels null for those that it shall lose
    static void patchLabels(Resource<?> object, Map<String, @Nullable String> labels) {
        object.patch(PatchContext.of(PatchType.JSON_MERGE), Serialization.asJson(Map.of("metadata", Map.of("labels", labels))));
    }

    io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy policy(NetworkPolicy policy) {
        var spec = new NetworkPolicyBuilder().withMetadata(metadata(policy.name(), Map.of())).withNewSpec()
            .withPodSelector(selector(policy.podSelector()));
        if (!policy.types().isEmpty())
            spec.withPolicyTypes(policy.types().stream().map(t -> t == Direction.INGRESS ? "Ingress" : "Egress").toList());
        for (var rule : policy.ingress())
            spec.addToIngress(new NetworkPolicyIngressRuleBuilder().withFrom(peers(rule)).withPorts(ports(rule)).build());
        for (var rule : policy.egress())
            spec.addToEgress(new NetworkPolicyEgressRuleBuilder().withTo(peers(rule)).withPorts(ports(rule)).build());
        return spec.endSpec().build();
    }

    private List<NetworkPolicyPeer> peers(NetworkPolicy.Rule rule) {
        return rule.peers().stream().map(this::peer).toList();
    }

    private NetworkPolicyPeer peer(Peer peer) {
        return switch (peer) {
            case Peer.Pods(var pods, var namespaces) -> new NetworkPolicyPeerBuilder().withPodSelector(pods == null ? null : selector(pods))
                .withNamespaceSelector(namespaces == null ? null : selector(names.translated(namespaces))).build();
            case Peer.IpBlock(var cidr, var except) -> new NetworkPolicyPeerBuilder().withNewIpBlock().withCidr(cidr.toString())
                .withExcept(except.stream().map(Object::toString).toList()).endIpBlock().build();
        };
    }

    private static List<NetworkPolicyPort> ports(NetworkPolicy.Rule rule) {
        return rule.ports().stream().map(ApiObjects::port).toList();
    }

    private static NetworkPolicyPort port(PolicyPort port) {
        var built = new NetworkPolicyPortBuilder().withProtocol(port.protocol().name());
        return switch (port) {
            case PolicyPort.Any _ -> built.build();
            case PolicyPort.Range(_, var first, var last) ->
                built.withPort(new IntOrString(first)).withEndPort(first == last ? null : last).build();
            case PolicyPort.Named(_, var name) -> built.withPort(new IntOrString(name)).build();
        };
    }

    private static io.fabric8.kubernetes.api.model.@Nullable LabelSelector selector(LabelSelector selector) {
        var built = new LabelSelectorBuilder().withMatchLabels(selector.matchLabels());
        for (var requirement : selector.matchExpressions())
            built.addNewMatchExpression().withKey(requirement.key()).withOperator(requirement.operator().toString())
                .withValues(requirement.values()).endMatchExpression();
        return built.build();
    }

    io.fabric8.kubernetes.api.model.Service service(Service service) {
        var spec = new ServiceBuilder().withMetadata(metadata(service.name(), service.labels())).withNewSpec()
            .withSelector(service.selector()).withPorts(service.ports().stream().map(ApiObjects::servicePort).toList());
        switch (service.type()) {
            case CLUSTER_IP -> spec.withType("ClusterIP");
            case NODE_PORT -> spec.withType("NodePort").withExternalTrafficPolicy(trafficPolicy(service));
            case LOAD_BALANCER -> spec.withType("LoadBalancer").withExternalTrafficPolicy(trafficPolicy(service));
            case HEADLESS -> spec.withType("ClusterIP").withClusterIP("None");
            case EXTERNAL_NAME -> {
                return spec.withSelector(null).withType("ExternalName").withExternalName(externalName(service)).endSpec().build();
            }
        }
        return spec.withIpFamilyPolicy("PreferDualStack").endSpec().build();
    }

    /// What the API takes by itself is not said.
    private static @Nullable String trafficPolicy(Service service) {
        return service.outside().isLocal() ? service.outside().trafficPolicy().word() : null;
    }

    /// Inside the cluster a namespace may have another name than in the feature.
    private String externalName(Service alias) {
        return Alias.target(alias) instanceof Endpoint.Service(var target)
            ? "%s.%s.svc.cluster.local".formatted(target.name(), names.namespace(target.namespace())) : alias.externalName();
    }

    /// Several ports of a Service need names, and with them its EndpointSlices.
    static String portName(Service.ServicePort port) {
        return port.name().isEmpty() ? "%s-%s".formatted(port.port().protocol().name().toLowerCase(Locale.ROOT), port.port().number())
            : port.name();
    }

    private static ServicePort servicePort(Service.ServicePort port) {
        var built =
            new ServicePortBuilder().withName(portName(port)).withProtocol(port.port().protocol().name()).withPort(port.port().number())
                .withTargetPort(switch (port.target()) {
                    case Service.TargetPort.Number(var number) -> new IntOrString(number);
                    case Service.TargetPort.Name(var target) -> new IntOrString(target);
                });
        return port.nodePort() == 0 ? built.build() : built.withNodePort(port.nodePort()).build();
    }
}
