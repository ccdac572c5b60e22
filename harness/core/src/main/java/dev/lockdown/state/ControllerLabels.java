package dev.lockdown.state;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// The labels that controllers write on their pods, besides those that people gave to the template.
///
/// @see <a href="https://kubernetes.io/docs/reference/labels-annotations-taints/">well-known labels</a>
public final class ControllerLabels {
    private static final Set<String> KEYS = Set.of("pod-template-hash", "rollouts-pod-template-hash", "controller-revision-hash",
        "pod-template-generation", "statefulset.kubernetes.io/pod-name", "apps.kubernetes.io/pod-index", "job-name", "controller-uid",
        "batch.kubernetes.io/job-name", "batch.kubernetes.io/controller-uid", "batch.kubernetes.io/job-completion-index");

    private ControllerLabels() {}

    /// Give the labels by which a person would select the pod: all others, or these where there are no others.
    public static Map<String, String> without(Map<String, String> labels) {
        var given = new TreeMap<>(labels);
        given.keySet().removeAll(KEYS);
        return given.isEmpty() ? labels : given;
    }
}
