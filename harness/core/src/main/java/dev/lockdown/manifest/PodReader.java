package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
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

    private PodReader() {}

    /// @param owner the pod itself or the template of a workload: what holds `spec`
    static Pod read(NamespacedName name, Map<String, String> labels, Fields owner) {
        var spec = owner.need("spec", "spec: {containers: [{name: web}]}").fields().mostly(READ);
        var containers = spec.need("containers", "containers: [{name: web, ports: [{containerPort: 8080}]}]");
        var ports = new ArrayList<ContainerPort>();
        if (containers.items().isEmpty()) throw ObjectProblems.noContainers(containers);
        for (var container : containers.items()) addPorts(container.fields().mostly(List.of("ports")), ports);
        for (var container : spec.items("initContainers")) {
            var fields = container.fields().mostly(List.of("ports", "restartPolicy"), "restartPolicyRules");
            if (isSidecar(fields)) addPorts(fields, ports);
        }
        var node = spec.find("nodeName").map(n -> n.text(Syntax.SUBDOMAIN)).orElse("");
        return new Pod(name, labels, ports, node, spec.find("hostNetwork").map(Value::flag).orElse(false));
    }

    /// An init container that is never awaited runs beside the others (KEP-753).
    private static boolean isSidecar(Fields container) {
        return container.find("restartPolicy").map(p -> p.text().equals("Always")).orElse(false);
    }

    /// Two containers of a pod may name the same port; it counts once.
    private static void addPorts(Fields container, List<ContainerPort> ports) {
        var names = new ArrayList<String>();
        for (var value : container.items("ports")) {
            var fields = value.fields().only("name", "containerPort", "protocol", "hostPort", "hostIP");
            int number = fields.need("containerPort", "containerPort: 8080").portNumber();
            var name = fields.find("name").map(n -> n.text(Syntax.PORT_NAME)).orElse("");
            if (!name.isEmpty() && names.contains(name)) throw ObjectProblems.portNameTwice(fields, name);
            names.add(name);
            var port = new ContainerPort(new Port(Protocols.of(fields), number), name);
            if (!ports.contains(port)) ports.add(port);
        }
    }
}
