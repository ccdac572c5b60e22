package dev.lockdown.fuzz;

import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.Change;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Makes namespaces, pods, Services and machines outside.
record RandomCast(RandomSource random, RandomNames words) {
    private static final List<String> NAMES = List.of("a", "b", "c", "d");

    List<Change> cast(List<Family> families) {
        var changes = new ArrayList<Change>();
        for (var namespace : RandomNames.NAMESPACES)
            changes.add(new Change.ApplyNamespace(new Namespace(namespace, words.namespaceLabels())));
        for (var namespace : RandomNames.NAMESPACES)
            for (var name : random.some(NAMES, 2 + random.below(2)))
                changes.add(new Change.StartPod(pod(new NamespacedName(namespace, name))));
        if (random.oneIn(3)) changes.add(new Change.StartPod(onItsNode()));
        for (var namespace : random.some(RandomNames.NAMESPACES, random.below(3))) changes.add(new Change.ApplyService(service(namespace)));
        RandomNames.hosts(families).forEach(h -> changes.add(new Change.AddHost(h)));
        return changes;
    }

    /// A pod that is not there, or null where all are.
    @Nullable Pod absent(ClusterState state) {
        var free = RandomNames.NAMESPACES.stream().filter(state.namespaces()::containsKey)
            .flatMap(namespace -> NAMES.stream().map(name -> new NamespacedName(namespace, name)))
            .filter(name -> !state.pods().containsKey(name)).toList();
        return free.isEmpty() ? null : pod(random.pick(free));
    }

    private Pod pod(NamespacedName name) {
        var names = new ArrayList<>(RandomNames.PORT_NAMES);
        var ports = new ArrayList<ContainerPort>();
        for (var port : random.some(RandomNames.PORTS, 3 + random.below(2)))
            ports.add(new ContainerPort(port, names.isEmpty() || random.oneIn(2) ? "" : names.remove(random.below(names.size()))));
        return new Pod(name, words.podLabels(), ports, random.pick(RandomNames.NODES), false);
    }

    /// A pod of its node's network, on ports that nobody else has there.
    private Pod onItsNode() {
        var ports = List.of(new ContainerPort(Port.parse("TCP/8081"), "web"), new ContainerPort(Port.parse("UDP/8081"), ""));
        return new Pod(new NamespacedName(random.pick(RandomNames.NAMESPACES), "host"), words.podLabels(), ports,
            random.pick(RandomNames.NODES), true);
    }

    Service service(String namespace) {
        var port = random.pick(RandomNames.PORTS);
        var target =
            random.oneIn(3) ? new TargetPort.Name(random.pick(RandomNames.PORT_NAMES))
                : new TargetPort.Number(random.pick(RandomNames.PORTS).number());
        var selector = random.oneIn(2) ? Map.of("pod", random.pick(List.of("a", "b", "c"))) : Map.of("tier", "1");
        return new Service(new NamespacedName(namespace, "front"), Map.of(), selector, List.of(new ServicePort("", port, target, 0)),
            Service.Type.CLUSTER_IP);
    }
}
