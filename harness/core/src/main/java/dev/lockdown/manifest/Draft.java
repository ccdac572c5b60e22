package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.util.List;

/// An object as it was read, before what the others of the manifest say about it is known: whose pod it is, and whether its name is free.
sealed interface Draft permits Draft.Ready, Draft.GivenPod, Draft.GivenEndpoints, Workload {

    /// What needs nothing from others.
    record Ready(Resource resource) implements Draft {}

    /// A pod under a name of its own.
    ///
    /// @param phase `Succeeded` and `Failed` ones have no network any more
    /// @param addresses that a cluster gave it
    record GivenPod(Identity identity, Pod pod, String phase, List<String> addresses, Position at, String text) implements Draft {
        boolean hasEnded() {
            return phase.equals("Succeeded") || phase.equals("Failed");
        }
    }

    /// What an EndpointSlice or Endpoints says of a Service.
    record GivenEndpoints(NamespacedName service, List<Service.GivenEndpoint> endpoints) implements Draft {}
}
