package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.Pod;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// All that was read.
///
/// @param needs sorted by their ends and port, each once
/// @param assumed what was taken for granted, a sentence each
/// @param listening ports on which pods must listen besides what they declare, since somebody dials them
/// @param workloads in the order of the manifests
/// @param operated pods of them that no template makes but an operator
/// @param hosts outside, of which somebody declared the addresses
/// @param platform what somebody declared of the cluster's own addresses
public record Needs(List<Need> needs, List<Unproven> unproven, List<String> assumed, Map<NamespacedName, Set<Port>> listening,
        List<Workload> workloads, List<Pod> operated,
        List<ExternalHost> hosts, PlatformAddresses platform) {
    public Needs {
        needs = List.copyOf(needs);
        unproven = List.copyOf(unproven);
        assumed = List.copyOf(assumed);
        listening = Map.copyOf(listening);
        workloads = List.copyOf(workloads);
        operated = List.copyOf(operated);
        hosts = List.copyOf(hosts);
    }

    /// @param pods that the manifests make of it, at least one
    /// @param selector the labels by which its controller knows its pods; none where it has no selector
    /// @param at where it is written
    public record Workload(Party.Workload party, List<NamespacedName> pods, Map<String, String> selector, Because at) {
        public Workload {
            pods = List.copyOf(pods);
            selector = Collections.unmodifiableMap(new TreeMap<>(selector));
        }
    }
}
