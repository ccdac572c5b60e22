package dev.lockdown.cluster.k3s;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// One node's container, as plain data.
///
/// Besides what stands here it is privileged, has the host's cgroup namespace with /sys/fs/cgroup writable, and /run and /var/run in
/// memory: k3s needs all of them.
///
/// @param name of the node, and of the container on its network
/// @param entrypoint in place of the image's own; empty leaves that
/// @param ready a pattern of the line of its log by which its API is up, or null where nothing is waited for
record ContainerPlan(String name, Role role, String image, List<String> entrypoint, List<String> command, Map<String, String> environment,
        List<CopiedFile> files, Map<String, String> labels, @Nullable String ready) {
    enum Role { SERVER, AGENT }

    ContainerPlan {
        entrypoint = List.copyOf(entrypoint);
        command = List.copyOf(command);
        environment = new TreeMap<>(environment);
        files = List.copyOf(files);
        labels = new TreeMap<>(labels);
    }
}
