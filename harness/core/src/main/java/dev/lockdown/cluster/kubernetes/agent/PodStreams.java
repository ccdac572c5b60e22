package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.flow.NamespacedName;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.ExecListener;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.IOException;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Attaches to the agent of a pod. That runs through the API server and the kubelet, so no NetworkPolicy stands in its way.
///
/// @param pod its name in the cluster
public record PodStreams(KubernetesClient client, NamespacedName pod) implements AgentStream.Source {

    /// Hears how an attachment ends.
    private record Ending(Runnable broken) implements ExecListener {
        @Override
        public void onFailure(Throwable cause, @Nullable Response response) {
            broken.run();
        }

        @Override
        public void onClose(int code, String reason) {
            broken.run();
        }
    }

    private record Attached(ExecWatch watch) implements AgentStream {
        @Override
        public void write(byte[] bytes) throws IOException {
            try {
                watch.getInput().write(bytes);
                watch.getInput().flush();
            } catch (KubernetesClientException | IllegalStateException e) {
                throw new IOException(e);
            }
        }

        @Override
        public void close() {
            watch.close();
        }
    }

    @Override
    public @Nullable AgentStream open(Consumer<String> line, Runnable broken) {
        try {
            return new Attached(client.pods().inNamespace(pod.namespace()).withName(pod.name()).redirectingInput()
                .writingOutput(new Lines(line)).usingListener(new Ending(broken)).attach());
        } catch (KubernetesClientException e) {
            return null;
        }
    }

    /// The pod itself says whether it is worth trying again.
    @Override
    public @Nullable String gone(@Nullable String known) {
        var words = known == null || known.equals(pod.toString()) ? pod.toString() : "%s (%s in the cluster)".formatted(known, pod);
        try {
            var there = client.pods().inNamespace(pod.namespace()).withName(pod.name()).get();
            if (there == null) return "the pod %s is gone".formatted(words);
            return "Failed".equals(there.getStatus().getPhase()) ? "the pod %s has %s".formatted(words, PodTrouble.hopeless(there)) : null;
        } catch (KubernetesClientException | IllegalStateException | RejectedExecutionException e) {
            // Then the API itself is away, and both come back together; or the run ends, and the client is closed.
            return null;
        }
    }

    @Override
    public String toString() {
        return pod.toString();
    }
}
