package dev.lockdown.cluster.k3s;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Exactly what must be at hand to bring a cluster up without a way to the internet: `doctor --cluster k3s:CNI --images`.
public final class ImageList {
    private ImageList() {}

    /// One thing that must be there.
    ///
    /// @param what an image's name, or a file's address
    /// @param why who needs it
    /// @param found where it is, or null if it is not, or null as well where no folder was named
    public record Needed(Kind kind, String what, String why, @Nullable Path found) {
        public enum Kind {
            /// In the archives of `--images`, or a registry that `--registries` names.
            IMAGE,
            /// In `--charts`.
            FILE,
            /// What is needed, and by which name is not known here.
            UNKNOWN
        }
    }

    /// @param architecture as images are named: `amd64`, `arm64`
    public static List<Needed> of(K3sRequest request, String architecture) {
        var folder = request.images();
        var images = folder == null ? null : ImageFolder.read(folder);
        var all = new ArrayList<Needed>();
        all.add(image(request.version().image(), "the nodes' containers", images, null));
        var airgap = images == null ? null : images.airgapOf(architecture);
        var own = request.version().own();
        boolean chart = request.cni().installation() instanceof Cni.Installation.Chart;
        if (own == null) all.add(unknown("k3s's own images (pause, CoreDNS)", request, architecture, airgap));
        else {
            all.add(image(own.pause(), "the sandbox of every pod", images, airgap));
            all.add(image(own.dns(), "DNS", images, airgap));
        }
        if (chart) {
            var helm = own == null ? null : own.helm();
            all.add(helm == null ? unknown("klipper-helm, which installs charts", request, architecture, airgap)
                : image(helm, "installs the chart", images, airgap));
        }
        for (var image : request.cni().images()) all.add(image(image, request.cni().toString(), images, null));
        all.add(image(request.agentImage(), "Lockdown's own pods", images, null));
        all.addAll(files(request));
        return all;
    }

    private static Needed image(String image, String why, @Nullable ImageFolder images, @Nullable Path airgap) {
        var archive = images == null ? null : images.archiveOf(image);
        return new Needed(Needed.Kind.IMAGE, ImageFolder.full(image), why, archive == null ? airgap : archive);
    }

    private static Needed unknown(String what, K3sRequest request, String architecture, @Nullable Path airgap) {
        return new Needed(Needed.Kind.UNKNOWN,
            "%s: their names for %s are not known here; the release's k3s-airgap-images-%s.tar.zst has them all".formatted(what,
                request.version().tag(), architecture),
            "k3s", airgap);
    }

    private static List<Needed> files(K3sRequest request) {
        return switch (request.cni().installation()) {
            case Cni.Installation.BuiltIn(), Cni.Installation.Brought() -> List.of();
            case Cni.Installation.Manifest(var artifact, _) -> List.of(file(artifact, request));
            case Cni.Installation.Chart chart -> List.of(file(chart.artifact(), request));
        };
    }

    private static Needed file(Cni.Artifact artifact, K3sRequest request) {
        var charts = request.charts();
        var file = charts == null ? null : charts.resolve(artifact.fileName());
        var sum = artifact.sha256();
        return new Needed(Needed.Kind.FILE, artifact.address(),
            request.cni() + (sum == null ? ", no checksum known" : ", SHA-256 " + sum),
            file != null && Files.exists(file) ? file : null);
    }
}
