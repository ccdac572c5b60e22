package dev.lockdown.cli;

import dev.lockdown.cluster.k3s.DockerCheck;
import dev.lockdown.cluster.k3s.K3sRequest;
import dev.lockdown.run.ExitStatus;

/// `doctor --cluster k3s`: whether k3s runs here, and what it needs.
final class K3sDoctor {
    private final ProcessContext context;

    K3sDoctor(ProcessContext context) {
        this.context = context;
    }

    /// @param images whether only to list what must be at hand without a way to the internet
    ExitStatus run(K3sRequest request, boolean images) {
        var out = context.out();
        if (images) return new ImagesNeeded(out).tell(request);
        out.println(DockerCheck.describe());
        var image = request.version().image();
        out.println(DockerCheck.has(image) ? "%s is there".formatted(image) : "%s will be pulled".formatted(image));
        out.println("whether it may start privileged containers shows when it does: ./lockdown run --cluster k3s");
        return ExitStatus.OK;
    }
}
