package dev.lockdown.mutation;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.Resource;
import dev.lockdown.state.NetworkPolicy;

/// A policy as it stands in one place, whatever namespaces it is applied to. A scenario outline writes several at one place.
///
/// @param policy in no namespace of the user's
record Written(Position at, NetworkPolicy policy) {
    private static final String NOWHERE = "-";

    static Written of(Resource.OfPolicy resource) {
        return new Written(resource.at(), in(NOWHERE, resource.policy()));
    }

    static NetworkPolicy in(String namespace, NetworkPolicy p) {
        return new NetworkPolicy(new NamespacedName(namespace, p.name().name()), p.podSelector(), p.types(), p.ingress(), p.egress());
    }
}
