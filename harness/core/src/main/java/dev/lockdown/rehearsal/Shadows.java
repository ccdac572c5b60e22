package dev.lockdown.rehearsal;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.manifest.Manifest;
import dev.lockdown.manifest.Resource.OfPod;
import dev.lockdown.manifest.Resource;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.need.Need;
import dev.lockdown.need.Needs;
import dev.lockdown.need.Party;
import dev.lockdown.state.Change;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.InputException;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy.Peer;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.table.DescribedStates;
import dev.lockdown.table.OutsideAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/// The cast of a rehearsal: pods with the labels, ports and Services of the application's, and stand-ins for those who dial it.
///
/// @param states the cast before any policy, and the application's own policies
/// @param namespaces those that are locked down: where the application has pods
/// @param pods of each workload that stand on the stage
/// @param absent those of whom pods cannot stand there
public record Shadows(DescribedStates states, Set<String> namespaces, Map<Party, List<NamespacedName>> pods, Set<Party> absent) {
    private static final Set<String> SYSTEM = Set.of("kube-system", "kube-public", "kube-node-lease");
    /// Peers differ by their names; more of them show nothing new.
    private static final int MOST_PEERS = 3;

    public Shadows {
        namespaces = Set.copyOf(namespaces);
        pods = Map.copyOf(pods);
        absent = Set.copyOf(absent);
    }

    /// Whether a namespace is the system's own, which a lockdown leaves as it is.
    public static boolean isSystem(String namespace) {
        return SYSTEM.contains(namespace);
    }

    /// The same as guests of a cluster in which others run.
    public Shadows asGuests() {
        return Guests.of(this);
    }

    /// @param hosts outside, whose addresses somebody gave
    public static Shadows of(Manifest manifest, Needs needs, List<ExternalHost> hosts) {
        var standing = new ArrayList<Resource>();
        var perShape = new HashMap<Object, Integer>();
        for (var resource : manifest.resources()) {
            if (resource instanceof Resource.OfService(var service, var at, var text))
                standing.add(new Resource.OfService(inside(service), at, text));
            else
                if (!(resource instanceof OfPod made)) standing.add(resource);
                else
                    if (perShape.merge(new Shape(made), 1, Integer::sum) == 1 && perShape.merge(made.at(), 1, Integer::sum) <= MOST_PEERS)
                        standing
                            .add(new OfPod(listening(made.pod(), needs.listening().getOrDefault(made.pod().name(), Set.of())), false,
                                made.at(),
                                made.text()));
        }
        for (var pod : needs.operated())
            standing.add(
                new OfPod(listening(pod, needs.listening().getOrDefault(pod.name(), Set.of())), false, Position.whole("operator"), ""));
        var states = DescribedStates.of(new Manifest(standing, List.of()), List.of(), List.of());
        var present = new HashSet<NamespacedName>();
        var namespaces = new TreeSet<String>();
        for (var resource : standing) if (resource instanceof OfPod(var pod, _, _, _)) {
            present.add(pod.name());
            namespaces.add(pod.name().namespace());
        }
        namespaces.removeAll(SYSTEM);
        var pods = new LinkedHashMap<Party, List<NamespacedName>>();
        needs.workloads().forEach(w -> pods.put(w.party(), w.pods().stream().filter(present::contains).toList()));
        var all = new ArrayList<>(hosts);
        needs.hosts().stream().filter(d -> hosts.stream().noneMatch(h -> h.name().equals(d.name()))).forEach(all::add);
        var cast = withStandIns(states.cast(), needs.needs(), present, pods);
        return new Shadows(new DescribedStates(cast, states.policies(), List.of()).beside(reached(all, needs.needs())), namespaces, pods,
            Set.of());
    }

    /// Replicas that nothing tells apart; one of them stands for all.
    private record Shape(Object at, Map<String, String> labels, String node) {
        Shape(OfPod made) {
            this(made.at(), made.pod().labels(), made.pod().node());
        }
    }

    private static ExternalHost machineIn(String cidr) {
        var address = OutsideAddress.in(new Peer.IpBlock(Cidr.parse(cidr), List.of()))
            .orElseThrow(
                () -> new InputException("the block %s is the cluster's own; name one that machines outside have".formatted(cidr)));
        return new ExternalHost(cidr, List.of(), List.of(address.getHostAddress()));
    }

    /// From outside nobody dials here, where a port of every node and a balancer of a cloud would be somebody else's.
    private static Service inside(Service service) {
        if (!service.type().hasNodePorts()) return service;
        var ports = service.ports().stream().map(p -> new Service.ServicePort(p.name(), p.port(), p.target(), 0)).toList();
        return new Service(service.name(), service.labels(), service.selector(), ports, Service.Type.CLUSTER_IP, service.endpoints());
    }

    private static Pod listening(Pod pod, Set<Port> ports) {
        var all = new ArrayList<>(pod.ports());
        for (var port : ports) if (all.stream().noneMatch(p -> p.port().equals(port))) all.add(ContainerPort.undeclared(port));
        return new Pod(pod.name(), pod.labels(), all, pod.node(), pod.hostNetwork());
    }

    private static List<Change> withStandIns(List<Change> cast, List<Need> needs, Set<NamespacedName> present,
            Map<Party, List<NamespacedName>> pods) {
        var namespaces = new HashSet<String>();
        cast.forEach(c -> { if (c instanceof Change.ApplyNamespace(var namespace)) namespaces.add(namespace.name()); });
        var before = new ArrayList<Change>();
        var after = new ArrayList<Change>();
        for (var need : needs) {
            if (!(need.from() instanceof Party.Platform platform) || pods.containsKey(platform)) continue;
            var name = new NamespacedName(platform.namespace(), platform.role().word() + "-stand-in");
            if (namespaces.add(platform.namespace())) before.add(new Change.ApplyNamespace(new Namespace(platform.namespace(), Map.of())));
            if (present.add(name))
                after.add(new Change.StartPod(new Pod(name, Map.of("app", platform.role().word()), List.of(), "", false)));
            pods.put(platform, List.of(name));
        }
        before.addAll(cast);
        before.addAll(after);
        return before;
    }

    /// Hosts that are needed: those that were given with the ports that are dialled, and addresses, which give themselves.
    private static List<ExternalHost> reached(List<ExternalHost> given, List<Need> needs) {
        var dialled = new TreeMap<String, Set<Port>>();
        for (var need : needs)
            if (need.to() instanceof Party.Host(var name)) dialled.computeIfAbsent(name, _ -> new TreeSet<>()).add(need.port());
        var hosts = new ArrayList<ExternalHost>();
        for (var need : needs)
            if (need.from() instanceof Party.Block(var cidr) && hosts.stream().noneMatch(h -> h.name().equals(cidr)))
                hosts.add(machineIn(cidr));
        if (needs.stream().anyMatch(n -> n.from() instanceof Party.Api))
            hosts.add(new ExternalHost(HomeAddresses.API_HOST, List.of(), List.of(HomeAddresses.API_CLIENT.getHostAddress())));
        for (var host : given) {
            var ports = new TreeSet<>(host.ports());
            if (dialled.remove(host.name()) instanceof Set<Port> also) ports.addAll(also);
            hosts.add(new ExternalHost(host.name(), List.copyOf(ports), host.addresses()));
        }
        dialled.forEach((name, ports) -> {
            if (name.matches("[0-9.]+")) hosts.add(new ExternalHost(name, List.copyOf(ports), List.of(name)));
        });
        return hosts;
    }
}
