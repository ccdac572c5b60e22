package dev.lockdown.cluster.k3s;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Requests as the command line makes them, from the fixtures of the clone.
final class Requests {
    static final Path TOP = Path.of(System.getProperty("lockdown.top", "../.."));
    static final CniCatalog CNIS = CniCatalog.in(TOP.resolve("fixtures/cnis"));
    static final K3sVersions VERSIONS = K3sVersions.read(TOP.resolve("fixtures/k3s.yaml"));

    private @Nullable String version;
    private int nodes = 2;
    private boolean dualStack;
    private @Nullable Path images;
    private @Nullable Path registries;
    private @Nullable Path charts;
    private boolean reuse;
    private boolean keep;
    private String run = "run-1";

    static Requests plain() {
        return new Requests();
    }

    Requests version(String text) {
        version = text;
        return this;
    }

    Requests nodes(int number) {
        nodes = number;
        return this;
    }

    Requests dualStack() {
        dualStack = true;
        return this;
    }

    Requests images(Path folder) {
        images = folder;
        return this;
    }

    Requests registries(Path file) {
        registries = file;
        return this;
    }

    Requests charts(Path folder) {
        charts = folder;
        return this;
    }

    Requests reuse() {
        reuse = true;
        return this;
    }

    Requests keep() {
        keep = true;
        return this;
    }

    Requests run(String id) {
        run = id;
        return this;
    }

    K3sRequest of(@Nullable String cni) {
        return of(cni, null);
    }

    K3sRequest of(@Nullable String cni, @Nullable String cniVersion) {
        return of(CNIS.choose(cni, cniVersion, dualStack));
    }

    K3sRequest of(Cni cni) {
        return new K3sRequest(cni, VERSIONS.choose(version), nodes, dualStack, "docker.io/library/eclipse-temurin:25-jre", images,
            registries, charts, null, reuse, keep, run);
    }
}
