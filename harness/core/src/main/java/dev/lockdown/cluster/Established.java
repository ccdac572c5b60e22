package dev.lockdown.cluster;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/// How a cluster treats a connection that stands when a policy starts to deny it. The API leaves it open.
public enum Established {
    /// What is established is accepted: it goes on until it ends by itself.
    SURVIVES,
    /// Every packet of who opened it is judged again, and dropped; replies to it are not.
    SILENT,
    /// Connection tracking is made to forget what is denied now, so that its next packet is judged as the first of a new connection.
    FLUSHED,
    /// Every packet of who opened it is judged again, and answered: TCP by a reset, datagrams by an ICMP error.
    RESET;

    /// As a tag has it: `survives`.
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Established> named(String word) {
        return Arrays.stream(values()).filter(e -> e.word().equals(word)).findFirst();
    }

    public static List<String> words() {
        return Arrays.stream(values()).map(Established::word).toList();
    }
}
