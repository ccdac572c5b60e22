package dev.lockdown.rehearsal.page;

import dev.lockdown.manifest.Manifests;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.need.NeedReader;
import dev.lockdown.need.PlatformAddresses;
import dev.lockdown.rehearsal.HomeAddresses;
import dev.lockdown.rehearsal.Rehearsal;
import dev.lockdown.rehearsal.Rehearsed;
import dev.lockdown.rehearsal.Shadows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Rehearsals that were played on the oracle.
final class Rehearsals {
    /// Shuts the database for all but the orders.
    static final String OWN_POLICY = """
        apiVersion: networking.k8s.io/v1
        kind: NetworkPolicy
        metadata: {name: database, namespace: store}
        spec:
          podSelector: {matchLabels: {app: database}}
          ingress:
          - from: [{podSelector: {matchLabels: {app: orders}}}]
        """;

    private Rehearsals() {}

    /// @param policies more text
    static Rehearsed store(String file, String policies) {
        try {
            var sources = new ArrayList<>(
                List.of(new Source(Position.startOf(file), Files.readString(Path.of("../../fixtures/apps/store/store.yaml")))));
            if (!policies.isEmpty()) sources.add(new Source(Position.startOf("own.yaml"), policies));
            return played(sources);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Rehearsed of(String text) {
        return played(List.of(new Source(Position.startOf("app.yaml"), text)));
    }

    private static Rehearsed played(List<Source> sources) {
        var manifest = Manifests.readAll(sources, "default").onNodes(List.of("node-1", "node-2"));
        var needs = NeedReader.read(manifest, sources, "default", Map.of());
        return new Rehearsal(needs, Shadows.of(manifest, needs, List.of()), HomeAddresses.of(PlatformAddresses.UNKNOWN)).expected();
    }

    /// Workloads in a row, of which each dials those some steps further.
    ///
    /// @param dialled how many each of them dials
    static Rehearsed row(int workloads, int namespaces, int dialled) {
        var text = new StringBuilder();
        for (int i = 0; i < workloads; i++) {
            var env = new StringBuilder();
            for (int step = 1; step <= dialled; step++) {
                int other = (i + step * 7) % workloads;
                env.append("{name: URL_%s, value: \"http://app-%s.ns%s:8080\"}, ".formatted(step, other, other % namespaces));
            }
            text.append("""
                apiVersion: apps/v1
                kind: Deployment
                metadata: {name: app-%1$s, namespace: ns%2$s}
                spec:
                  selector: {matchLabels: {app: app-%1$s}}
                  template:
                    metadata: {labels: {app: app-%1$s}}
                    spec: {containers: [{name: c, ports: [{containerPort: 8080}], env: [%3$s]}]}
                ---
                apiVersion: v1
                kind: Service
                metadata: {name: app-%1$s, namespace: ns%2$s}
                spec: {selector: {app: app-%1$s}, ports: [{port: 8080}]}
                ---
                """.formatted(i, i % namespaces, env));
        }
        return of(text.toString());
    }
}
