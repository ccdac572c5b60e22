package dev.lockdown.fuzz;

import static dev.lockdown.manifest.ObjectYaml.deletion;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.ObjectYaml;
import dev.lockdown.manifest.PolicyYaml;
import dev.lockdown.state.Change;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import java.util.stream.Collectors;

/// Writes the last step of an episode as a manifest.
record EpisodeYaml(Episode episode) {

    String text() {
        return episode.steps().getLast().stream().map(this::document).filter(d -> !d.isEmpty()).collect(Collectors.joining("---\n"));
    }

    private String document(Change change) {
        return switch (change) {
            case Change.ApplyNamespace(var namespace) -> ObjectYaml.of(namespace);
            case Change.RelabelNamespace(var name, var labels) -> ObjectYaml.of(new Namespace(name, labels));
            case Change.StartPod(var pod) -> ObjectYaml.of(pod);
            case Change.RelabelPod(var name, var labels) -> ObjectYaml.of(pod(name).withLabels(labels));
            case Change.ApplyService(var service) -> ObjectYaml.of(service);
            case Change.ApplyPolicy(var policy) -> PolicyYaml.of(policy);
            case Change.DeleteNamespace(var name) -> deletion("v1", "Namespace", name, null);
            case Change.StopPod(var name) -> deletion("v1", "Pod", name.name(), name.namespace());
            case Change.DeleteService(var name) -> deletion("v1", "Service", name.name(), name.namespace());
            case Change.DeletePolicy(var name) -> deletion("networking.k8s.io/v1", "NetworkPolicy", name.name(), name.namespace());
            // A machine outside is said by the command.
            case Change.AddHost _ -> "";
        };
    }

    private Pod pod(NamespacedName name) {
        var pod = episode.last().pods().get(name);
        if (pod == null) throw new IllegalStateException("no pod " + name);
        return pod;
    }
}
