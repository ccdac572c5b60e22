package dev.lockdown.cluster.k3s;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// One CNI in one version: how k3s is started for it, how it is installed, and what must be ready.
///
/// @param version null where it has none but k3s's
/// @param arguments of `k3s server`
/// @param images that its pods pull
/// @param ready what must be rolled out
public record Cni(String name, String about, @Nullable String version, List<String> arguments, Installation installation,
        List<String> images, Mounts mounts, List<Workload> ready) {
    public Cni {
        arguments = List.copyOf(arguments);
        images = List.copyOf(images);
        ready = List.copyOf(ready);
    }

    @Override
    public String toString() {
        return version == null ? name : name + " " + version;
    }

    /// How it comes into the cluster.
    public sealed interface Installation {
        /// k3s has it.
        record BuiltIn() implements Installation {}

        record Manifest(Artifact artifact, List<Edit> edits) implements Installation {
            public Manifest {
                edits = List.copyOf(edits);
            }
        }

        record Chart(String name, String namespace, Artifact artifact, String values) implements Installation {}

        /// By the manifests in a folder of the user's.
        record Brought() implements Installation {}
    }

    /// A file of the CNI's project.
    ///
    /// @param sha256 null where nobody could check it
    public record Artifact(String address, @Nullable String sha256) {
        String fileName() {
            return address.substring(address.lastIndexOf('/') + 1);
        }
    }

    /// A text that occurs once, and what stands there instead.
    public record Edit(String find, String replace) {}

    /// Made in every node before k3s starts.
    ///
    /// @param shared mount points that become shared ones, with all below them
    /// @param bpf where a BPF file system is mounted
    /// @param cgroup2 where a cgroup v2 hierarchy is mounted
    public record Mounts(List<String> shared, @Nullable String bpf, @Nullable String cgroup2) {
        static final Mounts NONE = new Mounts(List.of(), null, null);

        public Mounts {
            shared = List.copyOf(shared);
        }
    }

    public record Workload(Kind kind, String namespace, String name) {
        public enum Kind { DAEMON_SET, DEPLOYMENT }

        @Override
        public String toString() {
            return namespace + "/" + name;
        }
    }
}
