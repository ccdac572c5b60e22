package dev.lockdown.disruption;

import dev.lockdown.flow.NamespacedName;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// Two disruptions of the same object, which cannot happen at once: the second would find what the first has made of it, and heal that.
public record Conflict(Disruption first, Disruption second) {

    /// What a disruption changes: an object of a namespace, or all of it.
    ///
    /// @param object empty for the namespace with everything in it
    private record Struck(String namespace, String object) {
        boolean meets(Struck other) {
            return namespace.equals(other.namespace) && (object.isEmpty() || other.object.isEmpty() || object.equals(other.object));
        }
    }

    /// The first two that conflict.
    public static Optional<Conflict> among(List<? extends Disruption> disruptions) {
        for (int second = 1; second < disruptions.size(); second++)
            for (int first = 0; first < second; first++) {
                var conflict = new Conflict(disruptions.get(first), disruptions.get(second));
                if (conflict.isReal()) return Optional.of(conflict);
            }
        return Optional.empty();
    }

    private boolean isReal() {
        var others = struck(second).toList();
        return struck(first).anyMatch(one -> others.stream().anyMatch(one::meets));
    }

    private static Stream<Struck> struck(Disruption disruption) {
        return switch (disruption) {
            case ObjectDisruption.PoliciesComeAndGo(var policies, _) -> policies.stream().map(p -> policy(p.name()));
            case ObjectDisruption.PolicyRecreated(var name, _) -> Stream.of(policy(name));
            case ObjectDisruption.NamespacesLockedDown(var namespaces, _, _) -> namespaces.stream().map(n -> new Struck(n, "lockdown"));
            case ObjectDisruption.HalfLockedDown(var namespace, _) -> Stream.of(new Struck(namespace, "lockdown of a half"));
            case ObjectDisruption.PodRelabelled(var name, _, _) -> Stream.of(pod(name));
            case ObjectDisruption.NamespaceRelabelled(var name, _, _) -> Stream.of(new Struck(name, "labels"));
            case ObjectDisruption.PodGone(var name, _) -> Stream.of(pod(name));
            case ObjectDisruption.PodsChurn(var namespace, _, _) -> Stream.of(new Struck(namespace, "copies of pods"));
            case ObjectDisruption.AddressGiven(var from, var to, _) -> Stream.of(pod(from), pod(to.name()));
            case ObjectDisruption.NamespaceRecreated(var name, _) -> Stream.of(new Struck(name, ""));
            case ClusterDisruption _ -> Stream.of();
        };
    }

    private static Struck policy(NamespacedName name) {
        return new Struck(name.namespace(), "policy " + name.name());
    }

    private static Struck pod(NamespacedName name) {
        return new Struck(name.namespace(), "pod " + name.name());
    }

    @Override
    public String toString() {
        return Objects.equals(first.words(), second.words()) ? "%s twice at once".formatted(first.words())
            : "%s, and at once %s: both are of the same objects".formatted(first.words(), second.words());
    }
}
