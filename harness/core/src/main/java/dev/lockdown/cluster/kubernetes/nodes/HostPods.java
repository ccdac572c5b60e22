package dev.lockdown.cluster.kubernetes.nodes;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;

/// How pods that work on the machines themselves are made.
///
/// @param namespace one that admits privileged pods
/// @param image with a shell, and `nsenter` or `chroot`
/// @param labels of all that the run makes
/// @param creating creates a pod, and has it removed at the end of the run
/// @param wording says for people why a call failed
/// @param starting how long a pod may take until it runs
/// @param pause between two looks
public record HostPods(KubernetesClient client, String namespace, String image, Map<String, String> labels, Consumer<Pod> creating,
        Function<KubernetesClientException, String> wording, Duration starting, Duration pause) {
    public HostPods {
        labels = Map.copyOf(labels);
    }

    /// Goes to the machine's files with what the image has, by way of its first process or, where that may not be entered, of its kubelet: the
    /// network and the processes are the machine's by the pod's own settings. It takes the script as
    /// its `$0`, and the script's arguments behind.
    private static final String ENTER = """
        kubelets() {
          for process in /proc/[0-9]*; do
            read -r name < "$process/comm" && case $name in kubelet|k3s-*) echo "${process#/proc/}" ;; esac
          done 2>/dev/null
        }
        for pid in 1 $(kubelets); do
          for enter in "nsenter -t $pid -m" "busybox nsenter -t $pid -m" "chroot /proc/$pid/root" "busybox chroot /proc/$pid/root"; do
            $enter true 2>/dev/null && exec $enter sh -c "$0" "$@"
          done
        done
        echo 'lockdown: no way: with what the image has (nsenter, chroot, busybox) no process of the machine may be entered'
        exit 3
        """;

    /// Run a shell's script on a machine, with its files and in its network.
    ///
    /// @param node its name in the cluster
    /// @param arguments of the script, the first of them its name
    /// @param atMost after which the machine itself ends the pod
    HostPod start(String node, String name, String script, List<String> arguments, Duration atMost) {
        creating.accept(spec(node, name, List.of("sh", "-c", ENTER, script), arguments, atMost));
        return new HostPod(this, node, name);
    }

    /// The same, where the script finds its own way to the machine.
    HostPod startBeside(String node, String name, String script, List<String> arguments, Duration atMost) {
        creating.accept(spec(node, name, List.of("sh", "-c", script), arguments, atMost));
        return new HostPod(this, node, name);
    }

    private Pod spec(String node, String name, List<String> shell, List<String> arguments, Duration atMost) {
        var command = new ArrayList<>(shell);
        command.addAll(arguments);
        return new PodBuilder().withNewMetadata().withNamespace(namespace).withName(name).withLabels(labels).endMetadata().withNewSpec()
            // Not by the scheduler, which minds taints and may be away.
            .withNodeName(node).addNewToleration().withOperator("Exists").endToleration()
            .withHostNetwork(true).withHostPID(true).withRestartPolicy("Never").withActiveDeadlineSeconds(atMost.toSeconds() + 1)
            .withTerminationGracePeriodSeconds(10L).withAutomountServiceAccountToken(false).withEnableServiceLinks(false)
            .addNewContainer().withName("host").withImage(image).withImagePullPolicy("IfNotPresent").withCommand(command)
            .withNewSecurityContext().withPrivileged(true).withRunAsUser(0L).endSecurityContext().endContainer().endSpec().build();
    }
}
