package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.kubernetes.agent.AgentJar;
import dev.lockdown.cluster.kubernetes.agent.AgentPod;
import dev.lockdown.cluster.kubernetes.agent.FirstDialScript;
import dev.lockdown.pod.AgentMain;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.ContainerPortBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.EnvVarBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Pods that run the agent, fit for the `restricted` Pod Security Standard unless they use the host's network.
final class PodSpecs {
    static final String CONFIG_MAP = "lockdown-agent";
    private static final long USER = 65532;
    private static final String POD_PORTS = "10000-29999";
    /// Above the kernel's own ephemeral ports and the NodePorts.
    private static final String HOST_PORTS = "61000-62999";
    private static final String POD_WATCH_PORTS = "30000-64999";
    private static final String HOST_WATCH_PORTS = "63000-65400";

    /// Most agents live for some seconds and share a processor with the network plugin: what is called a few hundred times is interpreted.
    private static final List<String> AGENT =
        List.of("java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-XX:CompileThresholdScaling=5", "-XX:-UsePerfData", "-Xmx64m",
            "-Xshare:auto",
            "--enable-native-access=ALL-UNNAMED", "-cp", "/lockdown/" + AgentJar.NAME, AgentMain.class.getName());

    private final ApiObjects objects;
    private final String image;

    PodSpecs(ApiObjects objects, String image) {
        this.objects = objects;
        this.image = image;
    }

    /// @param node the node's name in the cluster, or null where the scheduler may choose
    /// @param firstDials `address/port` of whom a shell dials from the first instruction on, until the agent can; most often nobody
    io.fabric8.kubernetes.api.model.Pod of(Pod pod, @Nullable String node, Collection<String> firstDials) {
        var built = new PodBuilder().withMetadata(objects.metadata(pod.name(), pod.labels())).withNewSpec()
            .withTerminationGracePeriodSeconds(1L).withEnableServiceLinks(false).withHostNetwork(pod.hostNetwork() ? true : null)
            .withDnsPolicy(pod.hostNetwork() ? "ClusterFirstWithHostNet" : "ClusterFirst").addToNodeSelector("kubernetes.io/os", "linux");
        if (node != null)
            // By affinity and not by nodeName, so that the scheduler still minds taints and room.
            built.withNewAffinity().withNewNodeAffinity().withNewRequiredDuringSchedulingIgnoredDuringExecution().addNewNodeSelectorTerm()
                .addNewMatchField().withKey("metadata.name").withOperator("In").withValues(node).endMatchField().endNodeSelectorTerm()
                .endRequiredDuringSchedulingIgnoredDuringExecution().endNodeAffinity().endAffinity();
        if (!pod.hostNetwork())
            built.withNewSecurityContext().withRunAsNonRoot(true).withRunAsUser(USER).withRunAsGroup(USER)
                .withNewSeccompProfile().withType("RuntimeDefault").endSeccompProfile()
                .addNewSysctl("net.ipv4.ip_unprivileged_port_start", "0")
                .addNewSysctl("net.ipv4.ping_group_range", USER + " " + USER).endSecurityContext();
        var container = built.addNewContainer().withName("agent").withImage(image).withImagePullPolicy("IfNotPresent").withStdin(true)
            .withCommand(firstDials.isEmpty() ? AGENT : FirstDialScript.beside(AGENT)).withEnv(environment(pod)).withPorts(ports(pod))
            .withNewResources().addToRequests("cpu", new Quantity("10m")).addToRequests("memory", new Quantity("64Mi"))
            .addToLimits("memory", new Quantity("128Mi")).endResources()
            .addNewVolumeMount().withName("lockdown").withMountPath("/lockdown").withReadOnly(true).endVolumeMount();
        var secured = pod.hostNetwork() ? container
            : container.withNewSecurityContext().withAllowPrivilegeEscalation(false).withReadOnlyRootFilesystem(true).withNewCapabilities()
                .withDrop("ALL").endCapabilities().endSecurityContext();
        var made =
            secured.endContainer().addNewVolume().withName("lockdown").withNewConfigMap().withName(CONFIG_MAP).endConfigMap().endVolume()
                .endSpec().build();
        if (!firstDials.isEmpty()) addFirstDials(made.getSpec(), firstDials);
        return made;
    }

    /// An init container and the agent's own dial before the agent can, and write to a folder that they share.
    private void addFirstDials(PodSpec spec, Collection<String> targets) {
        var mount = new VolumeMountBuilder().withName("first").withMountPath(FirstDialScript.FOLDER).build();
        var environment = List.of(new EnvVar("LOCKDOWN_FIRST", FirstDialScript.FOLDER, null),
            new EnvVar("LOCKDOWN_FIRST_DIALS", String.join(" ", targets), null));
        var agent = spec.getContainers().getFirst();
        agent.getVolumeMounts().add(mount);
        agent.getEnv().addAll(environment);
        spec.getInitContainers().add(new ContainerBuilder().withName("first").withImage(image).withImagePullPolicy("IfNotPresent")
            .withCommand(FirstDialScript.alone()).withEnv(environment).withVolumeMounts(mount).withResources(agent.getResources())
            .withSecurityContext(agent.getSecurityContext()).build());
        spec.getVolumes().add(new VolumeBuilder().withName("first").withNewEmptyDir().endEmptyDir().build());
    }

    private static List<EnvVar> environment(Pod pod) {
        var serves = AgentPod.ports(pod).stream().map(Object::toString).collect(Collectors.joining(","));
        var environment = new ArrayList<EnvVar>();
        Map.of("LOCKDOWN_IDENTITY", pod.name().toString(), "LOCKDOWN_SERVES", serves, "LOCKDOWN_SOURCE_PORTS",
            pod.hostNetwork() ? HOST_PORTS : POD_PORTS, "LOCKDOWN_WATCH_PORTS",
            pod.hostNetwork() ? HOST_WATCH_PORTS : POD_WATCH_PORTS)
            .forEach((name, value) -> environment.add(new EnvVar(name, value, null)));
        environment.add(new EnvVarBuilder().withName("LOCKDOWN_ADDRESSES").withNewValueFrom().withNewFieldRef()
            .withFieldPath("status.podIPs").endFieldRef().endValueFrom().build());
        return environment;
    }

    private static List<io.fabric8.kubernetes.api.model.ContainerPort> ports(Pod pod) {
        return pod.ports().stream().filter(ContainerPort::declared)
            .map(p -> new ContainerPortBuilder().withContainerPort(p.port().number()).withProtocol(p.port().protocol().name())
                .withName(p.name().isEmpty() ? null : p.name()).build())
            .toList();
    }
}
