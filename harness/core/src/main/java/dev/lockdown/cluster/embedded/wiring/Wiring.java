package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.cluster.embedded.nft.Link;
import dev.lockdown.cluster.embedded.wiring.PodLink.HostNetwork;
import dev.lockdown.cluster.embedded.wiring.PodLink.Routed;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.NetworkNamespace;
import dev.lockdown.flow.NamespacedName;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The network of one cluster: who is joined to whom, and nothing of who may talk to whom.
///
/// ```
/// pod ── node ── fabric ── node ── pod
///                   └── internet (external hosts)
/// ```
/// All of it is held by file descriptors: it vanishes with this process, and there is nothing in the file system. Used by one
/// thread at a time; the work is done on the namespace thread.
public final class Wiring implements AutoCloseable {
    private final NamespaceThread thread;
    private final AddressPlan plan;
    private final Fabric fabric;
    private final Map<String, NodeWiring> nodes = new LinkedHashMap<>();
    private final Map<NamespacedName, PodLink> pods = new LinkedHashMap<>();
    private final IndexAllocator hostNumbers = new IndexAllocator(AddressPlan.HOSTS, "external hosts");
    private final Set<InetAddress> outside = new LinkedHashSet<>();

    private Wiring(NamespaceThread thread, AddressPlan plan, Fabric fabric) {
        this.thread = thread;
        this.plan = plan;
        this.fabric = fabric;
        outside.addAll(plan.internet());
    }

    /// Make the fabric and the internet behind it.
    ///
    /// @param thread remains the caller's, and may serve several clusters
    public static Wiring start(NamespaceThread thread, AddressPlan plan) {
        return new Wiring(thread, plan, thread.run(() -> Fabric.create(thread, plan)));
    }

    /// @throws IllegalArgumentException if there is one of this name, or too many
    public NodeLink addNode(String name) {
        if (nodes.containsKey(name)) throw new IllegalArgumentException("there is a node %s already".formatted(name));
        if (nodes.size() == AddressPlan.NODES)
            throw new IllegalArgumentException("there is no room for more than %s nodes".formatted(AddressPlan.NODES));
        var node = thread.run(() -> {
            var made = NodeWiring.create(thread, plan, name, nodes.size());
            fabric.connect(made.link());
            made.join();
            fabric.connected(made.link());
            return made;
        });
        nodes.put(name, node);
        return node.link();
    }

    /// Join pods to the network, all of them or, if one cannot be, none. Many at once are faster than one after another.
    ///
    /// @throws IllegalArgumentException if a name is taken, or a node unknown or full
    public List<PodLink> addPods(List<PodPlan> plans) {
        var names = new LinkedHashSet<>(pods.keySet());
        for (var pod : plans) {
            node(pod.node());
            if (!names.add(pod.name())) throw new IllegalArgumentException("there is a pod %s already".formatted(pod.name()));
        }
        return thread.run(() -> {
            var made = new ArrayList<PodLink>();
            try (var netlink = new SharedNetlinkSocket()) {
                for (var pod : plans) made.add(add(pod, netlink));
            } catch (RuntimeException e) {
                made.forEach(this::remove);
                throw e;
            }
            made.forEach(pod -> pods.put(pod.name(), pod));
            return made;
        });
    }

    /// Take a pod off the network. Its addresses are the next to be given on its node.
    public void removePod(NamespacedName name) {
        var pod = pod(name);
        pods.remove(name);
        thread.run(() -> remove(pod));
    }

    /// Cut a pod's veth pair: nothing comes out and nothing goes in, and nobody is told.
    ///
    /// @throws IllegalArgumentException if the pod shares its node's network
    public void linkDown(NamespacedName name) {
        var pod = routed(name);
        thread.run(() -> node(pod.node().name()).linkDown(pod));
    }

    /// Mend a veth pair that was cut.
    public void linkUp(NamespacedName name) {
        var pod = routed(name);
        thread.run(() -> node(pod.node().name()).linkUp(pod));
    }

    /// Make an external host.
    ///
    /// @param addresses what it declares: any address that the cluster does not use itself, the metadata service's too. Where
    ///     it declares none, one is chosen for each family
    /// @throws IllegalArgumentException if an address cannot be outside the cluster or belongs to another host
    public HostLink addHost(String name, List<InetAddress> addresses) {
        var own = addresses.isEmpty() ? plan.host(hostNumbers.take()) : addresses;
        for (var address : own) {
            plan.checkOutside(address);
            if (!outside.add(address))
                throw new IllegalArgumentException("%s is the address of another external host".formatted(address.getHostAddress()));
        }
        thread.run(() -> fabric.addHost(own));
        return new HostLink(name, fabric.internet(), own);
    }

    /// Have the fabric send what is for an address outside the nodes' own to a node.
    public void route(InetAddress address, String node) {
        var link = node(node).link();
        thread.run(() -> fabric.route(address, link));
    }

    /// Give the place where a pod is plugged into its node.
    ///
    /// @return null for a pod that is not plugged in, or lives in the node's own network
    public @Nullable Link link(NamespacedName name) {
        return pods.get(name) instanceof Routed pod ? new Link(pod.node().name(), pod.hostInterface()) : null;
    }

    /// The namespace of everything outside the cluster.
    public NetworkNamespace internet() {
        return fabric.internet();
    }

    /// Let go of every namespace. Repeatable.
    @Override
    public void close() {
        for (var pod : pods.values()) if (pod instanceof Routed routed) routed.namespace().close();
        pods.clear();
        nodes.values().forEach(NodeWiring::close);
        nodes.clear();
        fabric.close();
    }

    private PodLink add(PodPlan pod, SharedNetlinkSocket netlink) {
        var node = node(pod.node());
        return pod.hostNetwork() ? new HostNetwork(pod.name(), node.link()) : node.addPod(pod.name(), netlink);
    }

    private void remove(PodLink pod) {
        switch (pod) {
            case Routed routed -> node(pod.node().name()).removePod(routed);
            case HostNetwork _ -> {}
        }
    }

    private NodeWiring node(String name) {
        var node = nodes.get(name);
        if (node == null) throw new IllegalArgumentException("there is no node %s; there are %s".formatted(name, nodes.keySet()));
        return node;
    }

    private PodLink pod(NamespacedName name) {
        var pod = pods.get(name);
        if (pod == null) throw new IllegalArgumentException("there is no pod %s".formatted(name));
        return pod;
    }

    private Routed routed(NamespacedName name) {
        return switch (pod(name)) {
            case Routed routed -> routed;
            case HostNetwork pod ->
                throw new IllegalArgumentException("%s uses the network of %s and has no veth pair of its own".formatted(name, pod.node()));
        };
    }
}
