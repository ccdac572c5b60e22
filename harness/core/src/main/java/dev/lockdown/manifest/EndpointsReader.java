package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.FieldProblems;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Protocols;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.Service.GivenEndpoint;
import java.util.ArrayList;
import java.util.List;

/// Reads who answers for a Service that selects nobody: an EndpointSlice, or Endpoints as they were written before.
///
/// Endpoints that are not ready get no connections, and are left out.
final class EndpointsReader {
    private static final String SERVICE = "kubernetes.io/service-name";

    private final ManifestNotes notes;

    EndpointsReader(ManifestNotes notes) {
        this.notes = notes;
    }

    Draft.GivenEndpoints slice(NamespacedName name, Metadata metadata, Fields root) {
        root.only("apiVersion", "kind", "metadata", "addressType", "endpoints", "ports");
        var service = metadata.labels().getOrDefault(SERVICE, "");
        if (service.isEmpty()) {
            notes.warn(root.at(), "EndpointSlice", name,
                "EndpointSlice %s has no label %s, so no Service sends anything there".formatted(name, SERVICE));
            return new Draft.GivenEndpoints(name, List.of());
        }
        var ports = root.items("ports").stream().map(Value::fields).toList();
        var endpoints = new ArrayList<GivenEndpoint>();
        if (root.find("addressType").map(Value::text).orElse("").equals("FQDN"))
            notes.warn(root.at("addressType"), "EndpointSlice", name,
                "EndpointSlice %s has names for addresses; nothing is sent there".formatted(name));
        else
            for (var endpoint : root.items("endpoints")) {
                var fields = endpoint.fields();
                if (isReady(fields)) fields.items("addresses").forEach(a -> add(a, ports, endpoints));
            }
        return new Draft.GivenEndpoints(new NamespacedName(name.namespace(), service), endpoints);
    }

    Draft.GivenEndpoints subsets(NamespacedName name, Fields root) {
        root.only("apiVersion", "kind", "metadata", "subsets");
        var endpoints = new ArrayList<GivenEndpoint>();
        for (var subset : root.items("subsets")) {
            var fields = subset.fields().only("addresses", "notReadyAddresses", "ports");
            var ports = fields.items("ports").stream().map(Value::fields).toList();
            for (var address : fields.items("addresses"))
                add(address.fields().need("ip", "ip: 203.0.113.7"), ports, endpoints);
        }
        return new Draft.GivenEndpoints(name, endpoints);
    }

    private static boolean isReady(Fields endpoint) {
        return endpoint.find("conditions").flatMap(c -> c.fields().find("ready")).map(Value::flag).orElse(true);
    }

    private static void add(Value address, List<Fields> ports, List<GivenEndpoint> endpoints) {
        for (var port : ports)
            endpoints.add(new GivenEndpoint(port.find("name").map(Value::text).orElse(""), Protocols.of(port), literal(address),
                port.need("port", "port: 5432").portNumber()));
    }

    /// Give an address in its usual form.
    static String literal(Value address) {
        var text = address.text();
        try {
            if (text.matches("[0-9a-fA-F:.]{2,45}"))
                return Cidr.parse(text + (text.contains(":") ? "/128" : "/32")).network().getHostAddress();
        } catch (IllegalArgumentException _) {
            // Said below, as for a text that looks like no address at all.
        }
        throw FieldProblems.badText(address, text, "an address such as 203.0.113.7 or 2001:db8::7");
    }
}
