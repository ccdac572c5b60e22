package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Service;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// Tells of Services that are reached from outside the cluster: nobody writes down who dials them.
final class OutsideReader {
    private final Map<NamespacedName, Because> places = new HashMap<>();
    private final Collected collected;

    OutsideReader(List<WrittenObject> objects, Collected collected) {
        this.collected = collected;
        for (var object : objects)
            if (object.is("", "Service"))
                WrittenObject.mapping(object.root(), "spec")
                    .ifPresent(s -> places.put(object.name(), Because.of(s.at("type"), "spec.type")));
    }

    void read(Service service) {
        if (!service.type().hasNodePorts() || !(places.get(service.name()) instanceof Because because)) return;
        var type = service.type() == Service.Type.LOAD_BALANCER ? "LoadBalancer" : "NodePort";
        collected.unproven(new Party.Service(service.name()),
            "it is of type %s, and who dials it from outside is not in the manifests; a lockdown shuts them out".formatted(type),
            "allow their addresses by an ipBlock, or say so in lockdown.yaml", because);
    }
}
