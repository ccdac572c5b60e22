package dev.lockdown.cluster.k3s;

/// Whether k3s could run here, without starting anything.
public final class DockerCheck {
    private DockerCheck() {}

    /// Describe the Docker that would be used.
    ///
    /// @throws dev.lockdown.cluster.EnvironmentException if there is none, or one on which k3s cannot run, with what to do
    public static String describe() {
        var host = new TestcontainersEngine("").host();
        Restrictions.check(host, _ -> {});
        return "%s%s, %s, %s, ports at %s".formatted(host.engine(), host.rootless() ? " (rootless)" : "", host.architecture(),
            host.cgroup() == 0 ? "cgroups of a version it does not tell" : "cgroup v" + host.cgroup(), host.address());
    }

    /// Whether Docker has an image already.
    public static boolean has(String image) {
        return new TestcontainersEngine("").has(image);
    }
}
