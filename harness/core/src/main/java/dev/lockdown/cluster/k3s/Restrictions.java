package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.EnvironmentException;
import java.util.function.Consumer;

/// What an engine's host does not allow, told before anything is started where it can be known.
final class Restrictions {
    private Restrictions() {}

    /// @throws EnvironmentException if k3s cannot run there
    static void check(Host host, Consumer<String> notes) {
        if (host.rootless() && host.cgroup() == 1) throw new EnvironmentException("""
            this Docker is rootless on cgroup v1, where k3s cannot limit its pods and does not start
              boot with cgroup v2:  systemd.unified_cgroup_hierarchy=1 on the kernel's command line
              or use a Docker that runs as root""", null);
        if (host.rootless())
            notes.accept(
                "note: this Docker is rootless; k3s needs the cpu, memory and pids controllers delegated to it (systemd: Delegate=yes)");
    }
}
