package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.kubernetes.ClusterInfo.ClusterNode;
import dev.lockdown.cluster.kubernetes.system.PluginDiscovery;
import dev.lockdown.cluster.kubernetes.nodes.NodeConditions;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Addresses.ApiServer;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import io.fabric8.kubernetes.api.model.Node;
import io.fabric8.kubernetes.api.model.Service;
import io.fabric8.kubernetes.api.model.Taint;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/// Finds out what a cluster is and has, before anything is made in it: nodes, families, DNS, API servers, namespaces.
final class ClusterDiscovery {
    /// Those of the usual image for agents.
    private static final Set<String> ARCHITECTURES = Set.of("amd64", "arm64", "ppc64le", "s390x", "riscv64");

    private final KubernetesClient client;

    ClusterDiscovery(KubernetesClient client) {
        this.client = client;
    }

    /// @throws EnvironmentException if nothing can be tested there, saying why
    ClusterInfo info() {
        var version = client.getKubernetesVersion();
        var unused = new ArrayList<String>();
        var nodes = nodes(unused);
        if (nodes.isEmpty())
            throw new EnvironmentException("no node of the cluster can run agents: %s".formatted(
                unused.isEmpty() ? "there is none" : String.join("; ", unused)), null);
        var dns = dns(nodes);
        var kubernetes = version == null ? "unknown" : version.getGitVersion();
        return new ClusterInfo(kubernetes, nodes, unused, families(nodes, dns), dns, apiService(), apiServers(), namespaces(),
            new PluginDiscovery(client).plugins(nodes.stream().map(ClusterNode::name).toList(), kubernetes));
    }

    private List<ClusterNode> nodes(List<String> unused) {
        var able = new ArrayList<Node>();
        for (var node : client.nodes().list().getItems()) {
            var why = unable(node);
            if (why == null) able.add(node);
            else unused.add("%s %s".formatted(node.getMetadata().getName(), why));
        }
        able.sort(Comparator.comparing(n -> n.getMetadata().getName()));
        boolean aliased = able.stream().noneMatch(n -> n.getMetadata().getName().equals("node-1"));
        return IntStream.range(0, able.size())
            .mapToObj(i -> node(able.get(i), aliased ? "node-" + (i + 1) : able.get(i).getMetadata().getName()))
            .toList();
    }

    private static @Nullable String unable(Node node) {
        var labels = Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.<String, String>of());
        if (!labels.getOrDefault("kubernetes.io/os", "linux").equals("linux")) return "does not run Linux";
        // A node that is not Ready has taints for that, which say less.
        if (NodeConditions.trouble(node) instanceof String trouble) return trouble;
        if (Boolean.TRUE.equals(node.getSpec().getUnschedulable())) return "is cordoned";
        for (var taint : Objects.requireNonNullElse(node.getSpec().getTaints(), List.<Taint>of()))
            if (!taint.getEffect().equals("PreferNoSchedule")) return "has the taint %s:%s".formatted(taint.getKey(), taint.getEffect());
        var architecture = labels.getOrDefault("kubernetes.io/arch", "amd64");
        return ARCHITECTURES.contains(architecture) ? null
            : "is of the architecture %s, for which the image is not made".formatted(architecture);
    }

    private static ClusterNode node(Node node, String alias) {
        var addresses = node.getStatus().getAddresses().stream().filter(a -> a.getType().equals("InternalIP"))
            .map(a -> InetAddress.ofLiteral(a.getAddress())).toList();
        return new ClusterNode(alias, node.getMetadata().getName(),
            Objects.requireNonNullElse(node.getMetadata().getLabels(), Map.of()), addresses,
            !Objects.requireNonNullElse(node.getSpec().getProviderID(), "").isEmpty());
    }

    private ClusterInfo.Dns dns(List<ClusterNode> nodes) {
        var services = client.services().inNamespace("kube-system").withLabel("k8s-app", "kube-dns").list().getItems();
        var service = services.stream().findFirst().orElseThrow(() -> new EnvironmentException(
            "kube-system has no Service labelled k8s-app=kube-dns: this cluster's DNS is not one that Lockdown knows", null));
        var pods = new LinkedHashMap<Pod, List<InetAddress>>();
        for (var pod : client.pods().inNamespace("kube-system").withLabel("k8s-app", "kube-dns").list().getItems()) {
            if (pod.getStatus().getPodIP() == null || pod.getMetadata().getDeletionTimestamp() != null) continue;
            var ports = new ArrayList<ContainerPort>();
            for (var container : pod.getSpec().getContainers())
                for (var port : container.getPorts())
                    if (!"SCTP".equals(port.getProtocol()))
                        ports.add(new ContainerPort(new Port(protocol(port.getProtocol()), port.getContainerPort()),
                            Objects.requireNonNullElse(port.getName(), "")));
            pods.put(
                new Pod(new NamespacedName("kube-system", pod.getMetadata().getName()), pod.getMetadata().getLabels(), ports,
                    alias(nodes, pod.getSpec().getNodeName()), Boolean.TRUE.equals(pod.getSpec().getHostNetwork())),
                pod.getStatus().getPodIPs().stream().map(ip -> InetAddress.ofLiteral(ip.getIp())).toList());
        }
        return new ClusterInfo.Dns(service(ClusterInfo.DNS, service), addresses(service), pods);
    }

    private static String alias(List<ClusterNode> nodes, @Nullable String name) {
        return nodes.stream().filter(n -> n.name().equals(name)).map(ClusterNode::alias).findFirst().orElse(name == null ? "" : name);
    }

    private static dev.lockdown.state.Service service(NamespacedName name, Service service) {
        var ports = new ArrayList<ServicePort>();
        for (var port : service.getSpec().getPorts()) {
            var target = port.getTargetPort();
            ports
                .add(new ServicePort(Objects.requireNonNullElse(port.getName(), ""), new Port(protocol(port.getProtocol()), port.getPort()),
                    target == null ? new TargetPort.Number(port.getPort())
                        : target.getIntVal() != null ? new TargetPort.Number(target.getIntVal()) : new TargetPort.Name(target.getStrVal()),
                    0));
        }
        return new dev.lockdown.state.Service(name, Objects.requireNonNullElse(service.getMetadata().getLabels(), Map.of()),
            Objects.requireNonNullElse(service.getSpec().getSelector(), Map.of()), ports, dev.lockdown.state.Service.Type.CLUSTER_IP);
    }

    private static Protocol protocol(@Nullable String name) {
        return name == null ? Protocol.TCP : Protocol.valueOf(name);
    }

    private static List<InetAddress> addresses(Service service) {
        var all = service.getSpec().getClusterIPs();
        var texts = all == null || all.isEmpty() ? List.of(service.getSpec().getClusterIP()) : all;
        return texts.stream().filter(a -> !a.equals("None")).map(InetAddress::ofLiteral).toList();
    }

    private static List<Family> families(List<ClusterNode> nodes, ClusterInfo.Dns dns) {
        var families = new LinkedHashSet<Family>();
        var seen = new ArrayList<InetAddress>();
        dns.pods().values().forEach(seen::addAll);
        if (seen.isEmpty()) nodes.forEach(n -> seen.addAll(n.addresses()));
        for (var address : dns.serviceAddresses()) families.add(Family.of(address));
        seen.forEach(a -> families.add(Family.of(a)));
        return List.copyOf(families);
    }

    private List<InetAddress> apiService() {
        var service = client.services().inNamespace("default").withName("kubernetes").get();
        return service == null ? List.of() : addresses(service);
    }

    private List<ApiServer> apiServers() {
        var servers = new ArrayList<ApiServer>();
        for (var slice : client.discovery().v1().endpointSlices().inNamespace("default")
            .withLabel("kubernetes.io/service-name", "kubernetes")
            .list().getItems())
            for (var endpoint : slice.getEndpoints())
                for (var address : endpoint.getAddresses())
                    for (var port : slice.getPorts()) servers.add(new ApiServer(InetAddress.ofLiteral(address), port.getPort()));
        return servers;
    }

    private Map<String, Namespace> namespaces() {
        var namespaces = new TreeMap<String, Namespace>();
        for (var namespace : client.namespaces().list().getItems()) {
            var labels = namespace.getMetadata().getLabels();
            namespaces.put(namespace.getMetadata().getName(),
                new Namespace(namespace.getMetadata().getName(), labels == null ? Map.of() : labels));
        }
        return namespaces;
    }
}
