package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.state.Pod;
import java.nio.charset.StandardCharsets;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A controller of pods as a manifest has it.
///
/// @param template a pod without a name of its own
/// @param first the number of its first pod
/// @param indexed whether each pod of a Job has a number
/// @param ended whether it is a Job that is done and makes no more pods
record Workload(Controller controller, Identity identity, Pod template, int count, int first, boolean indexed, boolean ended, Position at,
        String text) implements Draft {

    NamespacedName name() {
        return identity.name();
    }

    boolean makesPods() {
        return count > 0 && !ended;
    }

    /// A value that changes with the template, as the API's own hash does.
    String hash() {
        return Controller.hash(text);
    }

    String uid() {
        return identity.uid().isEmpty()
            ? UUID.nameUUIDFromBytes((identity.kind() + " " + name()).getBytes(StandardCharsets.UTF_8)).toString() : identity.uid();
    }

    /// Give the pods in order, named `stem-1`, `stem-2` and so on; those of a StatefulSet count from 0, as they do in a cluster.
    Stream<Pod> pods(String stem) {
        return IntStream.range(first, first + count).mapToObj(i -> pod(stem + "-" + i, i));
    }

    private Pod pod(String pod, int index) {
        var labels = new TreeMap<>(template.labels());
        labels.putAll(controller.labels(this, index, pod));
        return new Pod(new NamespacedName(name().namespace(), pod), labels, template.ports(), template.node(), template.hostNetwork());
    }
}
