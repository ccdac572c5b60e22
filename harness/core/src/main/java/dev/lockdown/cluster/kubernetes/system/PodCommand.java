package dev.lockdown.cluster.kubernetes.system;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/// Runs a program in a pod's first container.
///
/// @param pod one that is not ours
public record PodCommand(KubernetesClient client, Pod pod) {
    private static final int SECONDS = 5;

    /// Run it, and give what it wrote.
    ///
    /// @throws IllegalStateException if it does not end well in time
    public String run(String... command) {
        var out = new ByteArrayOutputStream();
        var err = new ByteArrayOutputStream();
        var metadata = pod.getMetadata();
        try (var watch = client.pods().inNamespace(metadata.getNamespace()).withName(metadata.getName())
            .inContainer(pod.getSpec().getContainers().getFirst().getName()).writingOutput(out).writingError(err).exec(command)) {
            int status = watch.exitCode().get(SECONDS, TimeUnit.SECONDS);
            if (status < 0) throw new IllegalStateException("%s cannot be run in %s".formatted(command[0], metadata.getName()));
            if (status != 0)
                throw new IllegalStateException(
                    "%s ended with status %s: %s".formatted(command[0], status, err.toString(StandardCharsets.UTF_8).strip()));
            return out.toString(StandardCharsets.UTF_8);
        } catch (TimeoutException | ExecutionException e) {
            throw new IllegalStateException("%s did not end within %s s".formatted(command[0], SECONDS), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
