package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.state.Change;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;

/// One object that a manifest asks for, with the place where it is written and its text as written.
public sealed interface Resource {
    Position at();

    /// The YAML of the object as its author wrote it. Pods of one workload share the workload's.
    String text();

    record OfNamespace(Namespace namespace, Position at, String text) implements Resource {}

    /// @param everyNode whether it stands for one pod on each node, as a DaemonSet makes them
    record OfPod(Pod pod, boolean everyNode, Position at, String text) implements Resource {}

    record OfService(Service service, Position at, String text) implements Resource {}

    record OfPolicy(NetworkPolicy policy, Position at, String text) implements Resource {}

    /// An object that shall go: it says `$patch: delete`, as strategic merge patches do.
    record Deletion(Change change, Position at, String text) implements Resource {}
}
