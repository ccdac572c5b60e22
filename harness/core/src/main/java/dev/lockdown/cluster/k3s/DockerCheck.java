package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.EnvironmentException;
import java.util.function.Consumer;

/// Whether k3s could run here, without starting anything.
public final class DockerCheck {
    private DockerCheck() {}

    /// Describe the Docker that would be used.
    ///
    /// @throws EnvironmentException if there is none, or one on which k3s cannot run, with what to do
    public static String describe() {
        var host = new TestcontainersEngine("").host();
        DockerCheck.requireUsable(host, _ -> {});
        return "%s%s, %s, %s, ports at %s".formatted(host.engine(), host.rootless() ? " (rootless)" : "", host.architecture(),
            host.cgroup() == 0 ? "cgroups of a version it does not tell" : "cgroup v" + host.cgroup(), host.address());
    }

    /// What the host of Docker does not allow is told before anything is started, where it can be known.
    ///
    /// @throws EnvironmentException if k3s cannot run there
    static void requireUsable(Host host, Consumer<String> notes) {
        if (host.rootless() && host.cgroup() == 1) throw new EnvironmentException("""
            this Docker is rootless on cgroup v1, where k3s cannot limit its pods and does not start
              boot with cgroup v2:  systemd.unified_cgroup_hierarchy=1 on the kernel's command line
              or use a Docker that runs as root""", null);
        if (host.rootless())
            notes.accept(
                "note: this Docker is rootless; k3s needs the cpu, memory and pids controllers delegated to it (systemd: Delegate=yes)");
    }

    /// Whether Docker has an image already.
    public static boolean has(String image) {
        return new TestcontainersEngine("").has(image);
    }
}
