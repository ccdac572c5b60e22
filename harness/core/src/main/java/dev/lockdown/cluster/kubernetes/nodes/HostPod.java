package dev.lockdown.cluster.kubernetes.nodes;

import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.kubernetes.agent.PodTrouble;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.PodResource;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/// A pod that works on a machine, of which nothing may be heard meanwhile.
///
/// @param node on which it is, by its name in the cluster
record HostPod(HostPods of, String node, String name) {

    /// What is known of it.
    sealed interface Look {
        /// @param why the API does not answer
        record Away(String why) implements Look {}

        record Gone() implements Look {}

        record There(Pod pod) implements Look {}
    }

    Look look() {
        try {
            var pod = resource().get();
            return pod == null ? new Look.Gone() : new Look.There(pod);
        } catch (KubernetesClientException e) {
            // It may be this very pod that keeps the API from answering.
            return new Look.Away(of.wording().apply(e));
        }
    }

    private PodResource resource() {
        return of.client().pods().inNamespace(of.namespace()).withName(name);
    }

    /// Look until it is so, or the deadline has passed: the caller tells by what was seen last.
    Look until(Duration deadline, Predicate<Look> good) {
        return new Polling(of.pause()).until(deadline, this::look, good).value();
    }

    static boolean isOver(Look look) {
        return switch (look) {
            case Look.Away _ -> false;
            case Look.Gone _ -> true;
            case Look.There(var pod) -> List.of("Succeeded", "Failed").contains(String.valueOf(pod.getStatus().getPhase()));
        };
    }

    static boolean isRunning(Look look) {
        return look instanceof Look.There(var pod) && "Running".equals(pod.getStatus().getPhase());
    }

    /// Whether waiting does not help.
    static boolean isHopeless(Look look) {
        return look instanceof Look.There(var pod) && PodTrouble.hopeless(pod) != null;
    }

    static boolean endedWell(Look look) {
        return look instanceof Look.There(var pod) && "Succeeded".equals(pod.getStatus().getPhase());
    }

    /// Why it has not begun, or not ended well.
    String problem(Look look) {
        return switch (look) {
            case Look.Away(var why) -> "the API does not answer: " + why;
            case Look.Gone _ -> "the pod %s is gone".formatted(name);
            case Look.There(var pod) when !isOver(look) -> {
                var hopeless = PodTrouble.hopeless(pod);
                yield "the pod %s: %s".formatted(name, hopeless == null ? new PodTrouble(of.client()).waitingFor(pod) : hopeless);
            }
            case Look.There(var pod) -> {
                var said = lines();
                yield said.isEmpty() ? "the pod %s ended %s".formatted(name, status(pod)) : said.getLast().text();
            }
        };
    }

    /// Where it never began, the container's runtime says why.
    private static String status(Pod pod) {
        return pod.getStatus().getContainerStatuses().stream().map(c -> c.getState().getTerminated()).filter(Objects::nonNull).findFirst()
            .map(ended -> "with status %s%s".formatted(ended.getExitCode(), ended.getMessage() == null ? "" : ": " + ended.getMessage()))
            .orElse(String.valueOf(pod.getStatus().getReason()));
    }

    /// What it wrote, each line stamped by its machine; nothing where that cannot be had.
    List<HostLine> lines() {
        try {
            var log = resource().usingTimestamps().getLog();
            return log.lines().map(HostLine::parse).filter(Objects::nonNull).toList();
        } catch (KubernetesClientException e) {
            return List.of();
        }
    }

    /// All that it wrote.
    String log() {
        return resource().getLog();
    }

    /// Remove it, as far as that can be had now: what is left goes at the end of the run.
    void delete() {
        try {
            resource().delete();
        } catch (KubernetesClientException _) {
            // The API is away, most likely.
        }
    }
}
