package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.Established;
import java.util.List;
import java.util.stream.Stream;

/// The rules of a node's base chains, which send packets on to the chains of the pods.
public record Hooks(List<String> forward, List<String> input, List<String> output) {
    public static final String JUDGE_EGRESS = "iifname vmap @egress";
    public static final String JUDGE_INGRESS = "oifname vmap @ingress";

    /// Without these a pod that may not send anything could not find its own gateway, nor keep its address.
    private static final String NEIGHBOURS =
        "icmpv6 type { nd-router-solicit, nd-neighbor-solicit, nd-neighbor-advert, mld-listener-report, mld2-listener-report } accept";

    /// Give what a node does that is not told to misbehave. What the node itself sends to its pods is free: the kubelet's
    /// probes pass every policy. What a pod sends to its own node passes the input hook alone.
    static Hooks of(Established established) {
        var first = accepted(established);
        return new Hooks(joined(first, List.of(JUDGE_EGRESS, JUDGE_INGRESS)), joined(first, List.of(NEIGHBOURS, JUDGE_EGRESS)), List.of());
    }

    /// Give the rules by which packets of connections that stand are not judged.
    public static List<String> accepted(Established established) {
        return switch (established) {
            case SURVIVES, FLUSHED -> List.of("ct state established,related accept", "ct state invalid drop");
            case SILENT, RESET -> List.of("ct direction reply ct state established,related accept", "ct state related accept",
                "ct state invalid drop");
        };
    }

    public static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
