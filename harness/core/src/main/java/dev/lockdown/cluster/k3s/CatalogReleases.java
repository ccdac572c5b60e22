package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.CniReleases;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.UnsupportedException;
import dev.lockdown.cluster.k3s.Cni.Installation;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// The manifests of the catalogue's CNIs, as a cluster of k3s is given them when it comes up.
public final class CatalogReleases implements CniReleases {
    private final Supplier<CniCatalog> catalog;
    private final Function<String, Artifacts> artifacts;
    private final Map<Release, String> known = new ConcurrentHashMap<>();

    private record Release(String cni, String version, boolean dualStack) {}

    /// @param artifacts of a version
    CatalogReleases(Supplier<CniCatalog> catalog, Function<String, Artifacts> artifacts) {
        this.catalog = catalog;
        this.artifacts = artifacts;
    }

    /// @param catalog a folder such as fixtures/cnis
    /// @param charts a folder, or null: what it has in a folder of its own for a version is not fetched
    /// @param downloads where fetched files are kept for the next time
    /// @param notes hears what is worth a line
    public static CatalogReleases of(Path catalog, @Nullable Path charts, Path downloads, Consumer<String> notes) {
        return new CatalogReleases(() -> CniCatalog.in(catalog),
            version -> new Artifacts(charts == null ? null : charts.resolve(version), downloads, Artifacts::overHttp, notes));
    }

    @Override
    public String manifests(String cni, String version, boolean dualStack) {
        return known.computeIfAbsent(new Release(cni, version, dualStack), this::rendered);
    }

    private String rendered(Release release) {
        try {
            var cni = catalog.get().choose(release.cni(), release.version(), release.dualStack());
            return switch (cni.installation()) {
                case Installation.Manifest manifest -> NodeFiles.manifest(manifest, cni, artifacts.apply(release.version()));
                case Installation.Chart _ -> throw new UnsupportedException(
                    "%s is installed by its chart, of which there is no manifest to apply".formatted(release.cni()));
                case Installation.BuiltIn _, Installation.Brought _ ->
                    throw new UnsupportedException("%s has no manifest in the catalogue".formatted(release.cni()));
            };
        } catch (EnvironmentException | IllegalArgumentException e) {
            throw new UnsupportedException(String.valueOf(e.getMessage()));
        }
    }
}
