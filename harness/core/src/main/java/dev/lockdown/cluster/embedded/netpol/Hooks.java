package dev.lockdown.cluster.embedded.netpol;

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
    static Hooks of(Fate fate) {
        return new Hooks(joined(fate.rules(), List.of(JUDGE_EGRESS, JUDGE_INGRESS)),
            joined(fate.rules(), List.of(NEIGHBOURS, JUDGE_EGRESS)),
            List.of());
    }

    public static List<String> joined(List<String> first, List<String> second) {
        return Stream.concat(first.stream(), second.stream()).toList();
    }
}
