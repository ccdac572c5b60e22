package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.manifest.Note.Grade;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Protocols;
import dev.lockdown.manifest.yaml.Syntax;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Reads what the network sees of a pod: its labels, ports, node and whether it has a network of its own.
///
/// The other fields of a pod are many and pass unread.
final class PodReader {
    private static final List<String> READ = List.of("containers", "initContainers", "hostNetwork", "nodeName");
    private static final List<String> PROBES = List.of("livenessProbe", "readinessProbe", "startupProbe");

    private static final List<String> EVERY_ADDRESS = List.of("", "0.0.0.0", "::");

    private final ManifestNotes notes;

    PodReader(ManifestNotes notes) {
        this.notes = notes;
    }

    /// @param owner the pod itself or the template of a workload: what holds `spec`
    Pod read(NamespacedName name, Map<String, String> labels, Fields owner) {
        var spec = owner.need("spec", "spec: {containers: [{name: web}]}").fields().mostly(READ);
        boolean hostNetwork = spec.find("hostNetwork").map(Value::flag).orElse(false);
        var containers = spec.need("containers", "containers: [{name: web, ports: [{containerPort: 8080}]}]");
        if (containers.items().isEmpty()) throw ObjectProblems.noContainers(containers);
        var running = new ArrayList<Fields>();
        for (var container : containers.items()) running.add(container.fields().mostly(List.of("ports")));
        for (var container : spec.items("initContainers")) {
            var fields = container.fields().mostly(List.of("ports", "restartPolicy"), "restartPolicyRules");
            if (isSidecar(fields)) running.add(fields);
        }
        var ports = new ArrayList<ContainerPort>();
        for (var container : running) addPorts(container, name, hostNetwork, ports);
        for (var container : running) addProbedPorts(container, ports);
        var node = spec.find("nodeName").map(n -> n.text(Syntax.SUBDOMAIN)).orElse("");
        return new Pod(name, labels, ports, node, hostNetwork);
    }

    /// An init container that is never awaited runs beside the others (KEP-753).
    private static boolean isSidecar(Fields container) {
        return container.find("restartPolicy").map(p -> p.text().equals("Always")).orElse(false);
    }

    /// Two containers of a pod may name the same port; it counts once.
    private void addPorts(Fields container, NamespacedName pod, boolean hostNetwork, List<ContainerPort> ports) {
        var names = new ArrayList<String>();
        var ofOthers = List.copyOf(ports);
        for (var value : container.items("ports")) {
            var fields = value.fields().only("name", "containerPort", "protocol", "hostPort", "hostIP");
            int number = fields.need("containerPort", "containerPort: 8080").portNumber();
            var name = fields.find("name").map(n -> n.text(Syntax.PORT_NAME)).orElse("");
            if (!name.isEmpty() && names.contains(name)) throw ObjectProblems.portNameTwice(fields, name);
            names.add(name);
            var port = new ContainerPort(new Port(Protocols.of(fields), number), name, hostNetwork ? 0 : hostPort(fields, pod));
            if (ofOthers.stream().anyMatch(o -> o.port().equals(port.port())))
                notes.warn(fields.at("containerPort"), "Pod", pod,
                    "another container of %s declares %s, too; they share one network, so only one of them can listen there".formatted(pod,
                        port.port()));
            if (!ports.contains(port)) ports.add(port);
        }
    }

    /// In the network of its node a pod is at its host ports anyway.
    private int hostPort(Fields port, NamespacedName pod) {
        if (!(port.get("hostPort") instanceof Value host)) return 0;
        int number = host.whole(0, 65535);
        var address = port.find("hostIP").map(Value::text).orElse("");
        if (number == 0 || EVERY_ADDRESS.contains(address)) return number;
        notes.alike("hostPorts of %s pods are not tried, since they are at single addresses (hostIP) of their nodes",
            new Note(Grade.NOTE, "Pod", pod.toString(), port.at("hostIP"),
                "hostPort %s of %s is not tried, since it is at a single address (hostIP) of its node".formatted(number, pod)));
        return 0;
    }

    /// A kubelet asks these ports, so that something listens there, declared or not.
    private static void addProbedPorts(Fields container, List<ContainerPort> ports) {
        for (var field : PROBES) {
            if (!(container.get(field) instanceof Value probe)) continue;
            for (var way : List.of("httpGet", "tcpSocket", "grpc"))
                probe.fields().find(way).flatMap(w -> w.fields().find("port"))
                    .filter(p -> !p.isString()).ifPresent(p -> listen(new Port(Protocol.TCP, p.portNumber()), ports));
        }
    }

    private static void listen(Port port, List<ContainerPort> ports) {
        if (ports.stream().noneMatch(p -> p.port().equals(port))) ports.add(ContainerPort.undeclared(port));
    }
}
