package dev.lockdown.lint;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Note;
import dev.lockdown.manifest.Resource;
import dev.lockdown.state.ClusterState;
import dev.lockdown.state.NetworkPolicy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Finds what matches nothing in a state: selectors of policies, of their peers and of Services, and names of ports.
///
/// ```java
/// Lint.notes(state, manifest.resources(), Set.of());
/// // scrape.yaml:24:1: policy app/scrape ingress[0].from[0] matches nothing: no namespace has name=monitoring; its name is kubernetes.io/metadata.name
/// ```
///
/// All of it is legal. An ipBlock that holds no address of anybody is not a mistake, and neither is a Service without a selector.
public final class Lint {
    private Lint() {}

    /// Give a warning for each part that matches nothing, in the order of the policies' and Services' names.
    ///
    /// @param written gives the warnings their places; what is in the state and not here gets none
    /// @param implied namespaces that objects are in and that nobody declared, whose labels are therefore not known
    public static List<Note> notes(ClusterState state, Collection<? extends Resource> written, Set<String> implied) {
        var policies = new HashMap<NamespacedName, Resource>();
        var services = new HashMap<NamespacedName, Resource>();
        for (var resource : written) {
            switch (resource) {
                case Resource.OfPolicy policy -> policies.put(policy.policy().name(), policy);
                case Resource.OfService service -> services.put(service.service().name(), service);
                case Resource.OfNamespace _, Resource.OfPod _, Resource.Deletion _ -> {}
            }
        }
        var world = new Candidates(state, implied);
        var notes = new ArrayList<Note>();
        for (var service : state.services().values())
            new ServiceLint(service, world, new Findings("Service", service.name(), place(services, service.name()), notes)).look();
        for (var policy : state.policies().values())
            new PolicyLint(policy, world, new Findings("NetworkPolicy", policy.name(), place(policies, policy.name()), notes)).look();
        return notes;
    }

    private static List<Resource> place(Map<NamespacedName, Resource> written, NamespacedName name) {
        var resource = written.get(name);
        return resource == null ? List.of() : List.of(resource);
    }

    /// Whether a policy's own selector matches no pod of its namespace, so that it isolates nobody.
    public static boolean selectsNothing(NetworkPolicy policy, ClusterState state) {
        return state.pods().values().stream()
            .noneMatch(p -> p.name().namespace().equals(policy.name().namespace()) && Candidates.selects(policy.podSelector(), p));
    }

    /// Say that a policy selects no pod and why, for one of which that is true.
    public static String selectsNothingBecause(NetworkPolicy policy, ClusterState state) {
        return new PolicyLint(policy, new Candidates(state, Set.of()), new Findings("NetworkPolicy", policy.name(), List.of(), List.of()))
            .selectsNothing();
    }
}
