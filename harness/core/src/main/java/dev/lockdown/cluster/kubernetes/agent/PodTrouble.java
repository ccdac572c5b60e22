package dev.lockdown.cluster.kubernetes.agent;

import io.fabric8.kubernetes.api.model.ContainerState;
import io.fabric8.kubernetes.api.model.Event;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Says why a pod does not run, by its own status and events.
public final class PodTrouble {
    /// What does not mend itself while one waits.
    private static final Set<String> HOPELESS =
        Set.of("ImagePullBackOff", "ErrImageNeverPull", "InvalidImageName", "CreateContainerConfigError", "RunContainerError");

    private final KubernetesClient client;

    public PodTrouble(KubernetesClient client) {
        this.client = client;
    }

    /// @return what is wrong for good, or null where waiting may help
    public static @Nullable String hopeless(Pod pod) {
        if ("Failed".equals(pod.getStatus().getPhase()))
            return "failed: %s %s".formatted(pod.getStatus().getReason(), pod.getStatus().getMessage());
        for (var container : pod.getStatus().getContainerStatuses()) {
            var waiting = container.getState().getWaiting();
            if (waiting == null || !HOPELESS.contains(waiting.getReason())) continue;
            return waiting.getReason().contains("Image") ? "image %s cannot be pulled (%s: %s); a mirror's is named with --agent-image"
                .formatted(container.getImage(), waiting.getReason(), waiting.getMessage())
                : "%s: %s".formatted(waiting.getReason(), waiting.getMessage());
        }
        return null;
    }

    /// What the pod waits for, for one that waited too long.
    public String waitingFor(Pod pod) {
        var warnings = warnings(pod);
        return state(pod) + (warnings.isEmpty() ? "" : "; events: " + warnings);
    }

    /// The same, of what the pod says itself.
    public static String state(Pod pod) {
        var parts = new ArrayList<String>();
        for (var condition : pod.getStatus().getConditions())
            if (condition.getType().equals("PodScheduled") && condition.getStatus().equals("False"))
                parts.add("not scheduled: " + condition.getMessage());
        for (var container : pod.getStatus().getContainerStatuses()) parts.add(state(container.getState()));
        return parts.isEmpty() ? "phase " + pod.getStatus().getPhase() : String.join("; ", parts);
    }

    private static String state(ContainerState state) {
        if (state.getWaiting() != null)
            return "container waits: %s %s".formatted(state.getWaiting().getReason(),
                Objects.requireNonNullElse(state.getWaiting().getMessage(), "")).strip();
        if (state.getTerminated() != null)
            return "container ended with status %s: %s".formatted(state.getTerminated().getExitCode(), state.getTerminated().getReason());
        return "container runs, its agent has not answered";
    }

    private String warnings(Pod pod) {
        try {
            return client.v1().events().inNamespace(pod.getMetadata().getNamespace())
                .withField("involvedObject.uid", pod.getMetadata().getUid()).list().getItems().stream()
                .filter(e -> "Warning".equals(e.getType()))
                .sorted(Comparator.comparing((Event e) -> Objects.requireNonNullElse(e.getLastTimestamp(), "")).reversed())
                .map(e -> "%s: %s".formatted(e.getReason(), e.getMessage())).distinct().limit(3).collect(Collectors.joining("; "));
        } catch (KubernetesClientException e) {
            return "";
        }
    }

    /// The last lines that the pod's agent wrote besides its responses, which are JSON.
    public String lastWords(Pod pod) {
        try {
            var log = client.pods().inNamespace(pod.getMetadata().getNamespace()).withName(pod.getMetadata().getName()).tailingLines(5)
                .getLog();
            return List.of(log.split("\n")).stream().filter(l -> !l.startsWith("{")).collect(Collectors.joining("\n"));
        } catch (KubernetesClientException e) {
            return "";
        }
    }
}
