package dev.lockdown.cluster.embedded.netpol;

import java.util.List;

/// What happens to an established connection when a policy starts to deny it. The API leaves it open.
public enum Fate {
    SURVIVES(List.of("ct state established,related accept", "ct state invalid drop")),
    /// Only replies are excused; what the connection's opener sends is judged again, packet by packet.
    DEAD(List.of("ct direction reply ct state established,related accept", "ct state related accept", "ct state invalid drop"));

    private final List<String> rules;

    Fate(List<String> rules) {
        this.rules = rules;
    }

    public List<String> rules() {
        return rules;
    }
}
