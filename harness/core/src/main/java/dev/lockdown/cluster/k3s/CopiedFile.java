package dev.lockdown.cluster.k3s;

import java.nio.file.Path;

/// A file that a container has before it starts.
record CopiedFile(String target, Content content) {
    static final String MANIFESTS = "/var/lib/rancher/k3s/server/manifests/";
    static final String CHARTS = "/var/lib/rancher/k3s/server/static/charts/";
    static final String IMAGES = "/var/lib/rancher/k3s/agent/images/";
    static final String REGISTRIES = "/etc/rancher/k3s/registries.yaml";

    sealed interface Content {
        record Text(String text) implements Content {}

        record OnHost(Path path) implements Content {}
    }

    static CopiedFile text(String target, String text) {
        return new CopiedFile(target, new Content.Text(text));
    }

    static CopiedFile of(String target, Path path) {
        return new CopiedFile(target, new Content.OnHost(path));
    }
}
