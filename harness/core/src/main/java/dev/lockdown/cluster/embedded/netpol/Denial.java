package dev.lockdown.cluster.embedded.netpol;

import java.util.List;

/// What happens to a packet that no rule allows. The API leaves it open.
public enum Denial {
    DROP(List.of("drop")),
    /// TCP is answered with a reset, everything else with an ICMP port unreachable.
    REJECT(List.of("meta l4proto 6 reject with tcp reset", "reject with icmpx port-unreachable"));

    private final List<String> rules;

    Denial(List<String> rules) {
        this.rules = rules;
    }

    List<String> rules() {
        return rules;
    }
}
