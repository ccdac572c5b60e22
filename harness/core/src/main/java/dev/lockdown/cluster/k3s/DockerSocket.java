package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.EnvironmentException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Finds out where Docker may listen, before Testcontainers is asked: that takes longer, and its messages say less.
final class DockerSocket {
    private static final String REMEDY = """
          install it and start it:    https://docs.docker.com/engine/install
          or name one elsewhere:      DOCKER_HOST=unix:///path/docker.sock or tcp://host:port
          the embedded cluster needs no Docker:  ./lockdown run""".indent(2).stripTrailing();

    private final Map<String, String> environment;
    private final Path root;
    private final Path home;

    /// @param root of the file system, for tests
    DockerSocket(Map<String, String> environment, Path root) {
        this.environment = Map.copyOf(environment);
        this.root = root;
        this.home = root.resolve(String.valueOf(environment.getOrDefault("HOME", "/nonexistent")).substring(1));
    }

    static DockerSocket ofThisMachine() {
        return new DockerSocket(System.getenv(), Path.of("/"));
    }

    /// Whether there is anything that could be Docker.
    boolean isLikely() { return !host().isEmpty() || isConfigured() || candidates().stream().anyMatch(Files::exists); }

    /// @throws EnvironmentException if there is none, or one that may not be used
    void require() {
        var host = host();
        if (host.startsWith("unix://")) requireUsable(root.resolve(host.substring("unix:///".length())), "DOCKER_HOST");
        else if (host.isEmpty() && !isConfigured()) {
            var there = candidates().stream().filter(Files::exists).toList();
            if (there.isEmpty())
                throw new EnvironmentException("k3s runs in containers, and there is no Docker here (looked for %s)\n%s"
                    .formatted(String.join(", ", candidates().stream().map(Path::toString).toList()), REMEDY), null);
            requireUsable(there.getFirst(), "Docker's socket");
        }
    }

    private static void requireUsable(Path socket, String name) {
        if (!Files.exists(socket))
            throw new EnvironmentException("%s is %s, and there is no such socket\n%s".formatted(name, socket, REMEDY), null);
        if (!Files.isWritable(socket)) throw new EnvironmentException("""
            you may not use Docker: %s belongs to somebody else
              join its group and log in again:  sudo usermod -aG docker $USER""".formatted(socket), null);
    }

    private String host() {
        return environment.getOrDefault("DOCKER_HOST", "");
    }

    /// Testcontainers knows a way of its own then.
    private boolean isConfigured() { return Files.exists(home.resolve(".testcontainers.properties")); }

    private List<Path> candidates() {
        var candidates = new ArrayList<Path>();
        candidates.add(root.resolve("var/run/docker.sock"));
        var runtime = environment.getOrDefault("XDG_RUNTIME_DIR", "");
        if (runtime.startsWith("/")) candidates.add(root.resolve(runtime.substring(1)).resolve("docker.sock"));
        candidates.add(home.resolve(".docker/run/docker.sock"));
        candidates.add(home.resolve(".docker/desktop/docker.sock"));
        return candidates;
    }
}
