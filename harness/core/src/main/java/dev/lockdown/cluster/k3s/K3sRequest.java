package dev.lockdown.cluster.k3s;

import dev.lockdown.manifest.files.MappingFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Which k3s is wanted.
///
/// @param nodes how many, the server included
/// @param agentImage the image of the harness's own pods
/// @param images a folder of image archives that every node gets, or null
/// @param registries k3s's registries.yaml, or null
/// @param charts a folder to look into before anything is fetched, or null
/// @param downloads where fetched files are kept for the next time, or null
/// @param reuse whether a cluster of the same definition may be taken over, and this one left for the next run
/// @param keep whether this one is left when the run is over, to be looked at
/// @param run names the run on everything that it makes
public record K3sRequest(Cni cni, K3sVersions.Chosen version, int nodes, boolean dualStack, String agentImage, @Nullable Path images,
        @Nullable Path registries, @Nullable Path charts, @Nullable Path downloads, boolean reuse, boolean keep, String run) {
    static final String RUN = "lockdown.dev/run";
    static final String OWNER = "lockdown.dev/owner";
    private static final int MOST_NODES = 20;

    /// @throws IllegalArgumentException if it cannot be meant, or names a file that is not there
    /// @throws dev.lockdown.manifest.yaml.ManifestException if the registries are not in k3s's form
    public K3sRequest {
        if (nodes < 1 || nodes > MOST_NODES)
            throw new IllegalArgumentException("--nodes %s; expected 1 to %s".formatted(nodes, MOST_NODES));
        folder("--images", images);
        folder("--charts", charts);
        if (registries != null && !Files.isRegularFile(registries))
            throw new IllegalArgumentException("--registries %s: there is no such file; expected k3s's registries.yaml".formatted(
                registries));
        // k3s ignores what it does not know, and then pulls from elsewhere.
        if (registries != null) MappingFile.read(registries).only("mirrors", "configs");
        if (cni.installation() instanceof Cni.Installation.Brought && charts == null)
            throw new IllegalArgumentException(
                "k3s:%s has no CNI, so no pod would start; name the folder of your CNI's manifests by --charts DIR".formatted(cni.name()));
    }

    private static void folder(String option, @Nullable Path path) {
        if (path != null && !Files.isDirectory(path))
            throw new IllegalArgumentException("%s %s: there is no such folder".formatted(option, path));
    }

    /// What tells containers of this run from those of others.
    Map<String, String> labels() {
        // The next run that reuses them must make the very same ones; nobody owns them then.
        return reuse ? Map.of(RUN, "reused") : Map.of(RUN, run, OWNER, Owner.current().toString());
    }
}
