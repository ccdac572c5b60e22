package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.Established;
import java.util.List;
import java.util.stream.Stream;

/// What happens to a packet that no rule allows. The API leaves it open.
public enum Denial {
    DROP(List.of("drop")),
    /// TCP is answered with a reset, everything else with an ICMP port unreachable.
    REJECT(List.of("meta l4proto 6 reject with tcp reset", "reject with icmpx port-unreachable"));

    private final List<String> rules;

    Denial(List<String> rules) {
        this.rules = rules;
    }

    /// @param established how a packet is denied that belongs to a connection which stands
    List<String> rules(Established established) {
        return switch (established) {
            case SURVIVES, SILENT, FLUSHED -> rules;
            case RESET -> Stream.concat(REJECT.rules.stream().map("ct state established "::concat), rules.stream()).toList();
        };
    }
}
