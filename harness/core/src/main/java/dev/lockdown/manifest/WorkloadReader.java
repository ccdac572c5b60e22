package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Pod;
import java.util.List;
import java.util.stream.IntStream;

/// Reads the pods that a controller would make.
final class WorkloadReader {
    /// More than any cluster on one machine holds; a slip of the keyboard is likelier.
    private static final int MOST = 10_000;

    private WorkloadReader() {}

    /// Give the pods in order: `web-1`, `web-2` and so on; those of a StatefulSet count from 0, as they do in a cluster.
    ///
    /// A DaemonSet gives one pod, `web-1`; [Manifest#changes(List)] makes one of it for each node.
    static List<Pod> read(Kind kind, NamespacedName name, Fields root) {
        var spec = root.need("spec", "spec: {template: …}").fields().mostly(List.of("template", "replicas", "parallelism"));
        var template = spec.need("template", "template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web}]}}").fields()
            .only("metadata", "spec");
        var pod = PodReader.read(name, Metadata.labelsOf(template), template);
        int first = kind == Kind.STATEFUL_SET ? 0 : 1;
        return IntStream.range(first, first + count(kind, spec)).mapToObj(i -> named(pod, name.name() + "-" + i)).toList();
    }

    private static int count(Kind kind, Fields spec) {
        return switch (kind) {
            case DEPLOYMENT, STATEFUL_SET, REPLICA_SET -> spec.find("replicas").map(r -> r.whole(0, MOST)).orElse(1);
            case JOB -> spec.find("parallelism").map(p -> p.whole(0, MOST)).orElse(1);
            case DAEMON_SET -> 1;
            case NAMESPACE, POD, SERVICE, NETWORK_POLICY, LIST -> throw new IllegalArgumentException(kind + " has no template");
        };
    }

    private static Pod named(Pod pod, String name) {
        return new Pod(new NamespacedName(pod.name().namespace(), name), pod.labels(), pod.ports(), pod.node(), pod.hostNetwork());
    }
}
