package dev.lockdown.cluster.kubernetes.system;

import dev.lockdown.state.NetworkPlugin;
import dev.lockdown.state.PluginVersion;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// Tells which network plugins a cluster has, and of which version, from the images of their DaemonSets' pods.
public final class PluginDiscovery {
    /// While a plugin is upgraded its versions differ from node to node; more nodes than these hardly say more.
    private static final int NODES = 4;

    /// What runs in the containers of the projects' own DaemonSets, by the containers' names.
    private static final Map<String, String> PLUGINS =
        Map.of("calico-node", "calico", "cilium-agent", "cilium", "kube-router", "kube-router",
            "antrea-agent", "antrea", "kube-flannel", "flannel", "weave", "weave-net", "kube-network-policies", "kube-network-policies");
    /// Those that enforce nothing: another one does, or nobody.
    private static final String FLANNEL = "flannel";
    private static final String K3S = "+k3s";

    private final KubernetesClient client;

    public PluginDiscovery(KubernetesClient client) {
        this.client = client;
    }

    /// Look at the pods that run now.
    ///
    /// @param nodes their names in the cluster
    /// @param kubernetes its version, which says whether it is k3s: that has kube-router's policies in its own process
    /// @return none where nothing is known, or nothing may be read
    public List<NetworkPlugin> plugins(List<String> nodes, String kubernetes) {
        var plugins = new LinkedHashSet<NetworkPlugin>();
        try {
            for (var node : nodes.stream().limit(NODES).toList())
                new CniAgent(client, node).there().stream().flatMap(PluginDiscovery::plugins).forEach(plugins::add);
        } catch (KubernetesClientException e) {
            return List.of();
        }
        if (kubernetes.contains(K3S) && plugins.stream().allMatch(p -> p.name().equals(FLANNEL)))
            plugins.add(new NetworkPlugin("kube-router", null, "k3s " + kubernetes));
        return List.copyOf(plugins);
    }

    private static Stream<NetworkPlugin> plugins(Pod pod) {
        return pod.getSpec().getContainers().stream().filter(c -> PLUGINS.containsKey(c.getName())).map(PluginDiscovery::plugin);
    }

    private static NetworkPlugin plugin(Container container) {
        var name = Objects.requireNonNull(PLUGINS.get(container.getName()));
        var image = Objects.requireNonNullElse(container.getImage(), "");
        return new NetworkPlugin(name, version(name, image), image.isEmpty() ? "container " + container.getName() : image);
    }

    /// Give the version of an image of that plugin: `docker.io/cloudnativelabs/kube-router:v2.6.3@sha256:…`.
    ///
    /// @return null where the tag says none, or where the image is somebody else's, whose versions mean something else
    static @Nullable PluginVersion version(String plugin, String image) {
        var named = image.contains("@") ? image.substring(0, image.indexOf('@')) : image;
        int colon = named.lastIndexOf(':');
        if (colon < named.lastIndexOf('/') || colon < 0) return null;
        return named.substring(0, colon).contains(plugin) ? PluginVersion.of(named.substring(colon + 1)) : null;
    }
}
