package dev.lockdown.cluster.k3s;

import com.github.dockerjava.api.command.CreateContainerCmd;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.testcontainers.containers.BindMode;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.Network;
import org.testcontainers.containers.output.OutputFrame;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.k3s.K3sContainer;
import org.testcontainers.utility.DockerImageName;
import org.testcontainers.utility.MountableFile;

/// Makes Testcontainers' containers of plans: the server is its K3sContainer, an agent the same without any wait for readiness.
final class Nodes {
    private static final String CGROUPS = "/sys/fs/cgroup";

    private Nodes() {}

    /// @param beforeCreation may throw to keep it from being created
    static GenericContainer<?> container(ContainerPlan plan, String network, Duration deadline, Consumer<String> said,
            Runnable beforeCreation) {
        var image = DockerImageName.parse(plan.image()).asCompatibleSubstituteFor("rancher/k3s");
        return switch (plan.role()) {
            case SERVER -> configured(new K3sContainer(image), plan, network, deadline, said, beforeCreation);
            case AGENT -> configured(new Agent(image), plan, network, deadline, said, beforeCreation);
        };
    }

    static @Nullable String kubeconfig(GenericContainer<?> container) {
        return container instanceof K3sContainer server ? server.getKubeConfigYaml() : null;
    }

    private static <C extends GenericContainer<C>> C configured(C container, ContainerPlan plan, String network, Duration deadline,
            Consumer<String> said, Runnable beforeCreation) {
        // Before the deadline, which belongs to the way of waiting.
        if (plan.ready() != null) container.waitingFor(Wait.forLogMessage(plan.ready(), 1));
        container.withCommand(plan.command().toArray(String[]::new)).withEnv(plan.environment()).withLabels(plan.labels())
            .withNetwork(new Named(network)).withNetworkAliases(plan.name()).withStartupTimeout(deadline)
            // Then Testcontainers removes it neither behind our back nor at the same time. By its labels, no other run takes it over.
            .withReuse(true)
            // What is to be pulled was pulled before.
            .withImagePullPolicy(_ -> false)
            .withLogConsumer(frame -> lines(frame, said))
            .withCreateContainerCmdModifier(create -> {
                beforeCreation.run();
                create.withHostName(plan.name());
                if (!plan.entrypoint().isEmpty()) create.withEntrypoint(plan.entrypoint());
            });
        for (var file : plan.files()) {
            switch (file.content()) {
                case CopiedFile.Content.Text(var text) -> container.withCopyToContainer(Transferable.of(text), file.target());
                case CopiedFile.Content.OnHost(var path) -> container.withCopyFileToContainer(MountableFile.forHostPath(path),
                    file.target());
            }
        }
        return container;
    }

    private static void lines(OutputFrame frame, Consumer<String> said) {
        frame.getUtf8String().lines().map(String::strip).filter(l -> !l.isEmpty()).forEach(said);
    }

    private static final class Agent extends GenericContainer<Agent> {
        Agent(DockerImageName image) {
            super(image);
            withPrivilegedMode(true);
            withFileSystemBind(CGROUPS, CGROUPS, BindMode.READ_WRITE);
            withTmpFs(Map.of("/run", "", "/var/run", ""));
            withCreateContainerCmdModifier(Agent::inHostCgroups);
        }

        private static void inHostCgroups(CreateContainerCmd create) {
            Objects.requireNonNull(create.getHostConfig()).withCgroupnsMode("host");
        }
    }

    /// A network that is there already, by its name, so that a container's definition is the same in the next run.
    private record Named(String name) implements Network {
        @Override
        public String getId() { return name; }

        @Override
        public void close() {}
    }
}
