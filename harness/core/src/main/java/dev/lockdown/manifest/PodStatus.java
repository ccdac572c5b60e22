package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Value;
import java.util.List;

/// What a cluster says of a pod: whether it still runs, and where.
final class PodStatus {
    private PodStatus() {}

    /// Give the phase, or an empty text where there is no status.
    static String phase(Fields pod) {
        return pod.find("status").flatMap(s -> s.fields().find("phase")).map(Value::text).orElse("");
    }

    /// Give the addresses, one of each family at most.
    static List<String> addresses(Fields pod) {
        if (!(pod.get("status") instanceof Value status)) return List.of();
        var all =
            status.fields().items("podIPs").stream().map(i -> EndpointsReader.literal(i.fields().need("ip", "ip: 10.42.0.5"))).toList();
        return all.isEmpty() ? status.fields().find("podIP").map(EndpointsReader::literal).stream().toList() : all;
    }
}
