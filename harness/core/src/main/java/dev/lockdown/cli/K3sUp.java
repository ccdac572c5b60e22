package dev.lockdown.cli;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.k3s.Joining;
import dev.lockdown.cluster.k3s.K3sBackend;
import dev.lockdown.cluster.k3s.K3sRequest;

/// Brings k3s up before anything else of a run, with its phases on the screen. Nothing else of the command line loads Testcontainers.
final class K3sUp {
    private K3sUp() {}

    /// @return a backend whose cluster is up; the caller closes it
    /// @throws dev.lockdown.cluster.EnvironmentException if it does not come up; then nothing of it is left
    static Backend now(K3sRequest request, ProcessContext context, Joining joining) {
        var lines = new BringUpLines(context.err(), context.terminal());
        var backend = new K3sBackend(request, joining, lines, context.clock());
        context.cleanup().add(backend);
        try {
            backend.bringUp();
            lines.up(backend.description());
            return backend;
        } catch (RuntimeException e) {
            lines.clear();
            backend.close();
            throw e;
        }
    }
}
