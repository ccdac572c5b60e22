package dev.lockdown.cli;

import dev.lockdown.cluster.k3s.ImageList;
import dev.lockdown.cluster.k3s.ImageList.Needed;
import dev.lockdown.cluster.k3s.K3sRequest;
import dev.lockdown.run.ExitStatus;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/// `doctor --cluster k3s:CNI --images [DIR]`: what a run without a way to the internet needs.
final class ImagesNeeded {
    private final PrintWriter out;

    ImagesNeeded(PrintWriter out) {
        this.out = out;
    }

    /// @return 3 if folders were named and something is not in them
    ExitStatus tell(K3sRequest request) {
        var needed = ImageList.of(request, architecture());
        boolean looked = request.images() != null || request.charts() != null;
        out.println("k3s %s with %s needs".formatted(request.version().image(), request.cni()));
        for (var thing : needed) out.println(line(thing, looked));
        if (!looked) {
            out.println("put the images into a folder (docker save NAME -o FILE.tar), the files into another, and look again:");
            out.println("  ./lockdown doctor --cluster k3s:%s --images DIR --charts DIR".formatted(name(request)));
            return ExitStatus.OK;
        }
        var missing = missing(needed);
        out.println(missing.isEmpty() ? "everything is there" : "%s of %s are missing; a mirror named by --registries may have the images"
            .formatted(missing.size(), needed.size()));
        return missing.isEmpty() ? ExitStatus.OK : ExitStatus.CANNOT_RUN;
    }

    private static List<Needed> missing(List<Needed> needed) {
        return needed.stream().filter(n -> n.found() == null).toList();
    }

    private static String line(Needed thing, boolean looked) {
        var found = thing.found();
        var mark = !looked ? "-" : found == null ? "✗" : "✓";
        return "%s %s  (%s)%s".formatted(mark, thing.what(), thing.why(), found == null ? "" : "  in " + found);
    }

    private static String name(K3sRequest request) {
        var version = request.cni().version();
        return version == null ? request.cni().name() : request.cni().name() + "@" + version;
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch").toLowerCase(Locale.ROOT)) {
            case "aarch64" -> "arm64";
            default -> "amd64";
        };
    }
}
