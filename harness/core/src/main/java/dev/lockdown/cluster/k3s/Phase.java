package dev.lockdown.cluster.k3s;

import java.time.Duration;

/// The phases in which a cluster comes up, in their order. The canary follows when it is up.
enum Phase {
    IMAGE("image"), API("API"), NODES("nodes"), CNI("CNI"), DNS("DNS");

    private final String word;

    Phase(String word) {
        this.word = word;
    }

    /// How long it may take on a slow machine. Images are pulled by the nodes while the CNI comes up.
    Duration deadline() {
        return switch (this) {
            case IMAGE, CNI -> Duration.ofMinutes(10);
            case API, NODES, DNS -> Duration.ofMinutes(3);
        };
    }

    @Override
    public String toString() {
        return word;
    }
}
