package dev.lockdown.trial;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.journal.Edit;
import dev.lockdown.journal.Edit.Kind;
import dev.lockdown.journal.Edit.Verb;
import dev.lockdown.manifest.ObjectYaml;
import dev.lockdown.manifest.PolicyYaml;
import dev.lockdown.manifest.Resource;
import dev.lockdown.state.Change;
import dev.lockdown.state.NetworkPolicy;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Changes as the journal keeps them, each with its manifest.
final class Edits {
    private final Map<NamespacedName, Resource.OfPolicy> written = new HashMap<>();

    /// @param written the policies that somebody wrote as YAML, among those that are applied
    Edits(Collection<Resource.OfPolicy> written) {
        written.forEach(w -> this.written.put(w.policy().name(), w));
    }

    List<Edit> of(List<Change> changes) {
        return changes.stream().map(this::of).toList();
    }

    private Edit of(Change change) {
        return switch (change) {
            case Change.ApplyNamespace(var n) -> edit(Verb.APPLIED, Kind.NAMESPACE, n.name(), ObjectYaml.of(n));
            case Change.DeleteNamespace(var name) -> edit(Verb.DELETED, Kind.NAMESPACE, name, null);
            case Change.StartPod(var pod) -> edit(Verb.STARTED, Kind.POD, pod.name(), ObjectYaml.of(pod));
            case Change.StopPod(var name) -> edit(Verb.STOPPED, Kind.POD, name, null);
            case Change.ApplyService(var s) -> edit(Verb.APPLIED, Kind.SERVICE, s.name(), ObjectYaml.of(s));
            case Change.DeleteService(var name) -> edit(Verb.DELETED, Kind.SERVICE, name, null);
            case Change.ApplyPolicy(var p) -> policy(p);
            case Change.DeletePolicy(var name) -> edit(Verb.DELETED, Kind.NETWORK_POLICY, name, null);
            case Change.RelabelPod(var name, var labels) -> relabelled(Kind.POD, name, labels);
            case Change.RelabelNamespace(var name, var labels) -> relabelled(Kind.NAMESPACE, name, labels);
            case Change.AddHost(var host) -> edit(Verb.ADDED, Kind.HOST, host.name(), ObjectYaml.of(host));
        };
    }

    private Edit policy(NetworkPolicy policy) {
        var source = written.get(policy.name());
        if (source == null) return edit(Verb.APPLIED, Kind.NETWORK_POLICY, policy.name(), PolicyYaml.of(policy));
        // As it was read, without the comments and annotations around it, which may hold anything.
        return new Edit(Verb.APPLIED, Kind.NETWORK_POLICY, policy.name().toString(), Map.of(), PolicyYaml.of(policy), source.at().file(),
            source.at().line());
    }

    private static Edit relabelled(Kind kind, Object name, Map<String, String> labels) {
        return new Edit(Verb.RELABELLED, kind, name.toString(), labels, null, null, 0);
    }

    private static Edit edit(Verb verb, Kind kind, Object name, @Nullable String manifest) {
        return new Edit(verb, kind, name.toString(), Map.of(), manifest, null, 0);
    }
}
