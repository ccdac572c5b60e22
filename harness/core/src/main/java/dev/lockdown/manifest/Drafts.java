package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.manifest.Draft.GivenEndpoints;
import dev.lockdown.manifest.Draft.GivenPod;
import dev.lockdown.manifest.Draft.Ready;
import dev.lockdown.manifest.Resource.OfPod;
import dev.lockdown.manifest.Resource.OfService;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.state.Service;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Makes resources of all that was read: each pod once, and under a name of its own.
///
/// A dump of a cluster has a pod, its ReplicaSet and its Deployment: the pod counts, since it has the labels that the network sees.
final class Drafts {
    private final List<Draft> drafts = new ArrayList<>();
    private final Ownership ownership = new Ownership();
    private final ManifestNotes notes;

    Drafts(ManifestNotes notes) {
        this.notes = notes;
    }

    void add(Draft draft) {
        drafts.add(draft);
    }

    /// Know an object that may own others.
    void know(Identity identity) {
        ownership.add(identity);
    }

    /// @throws ManifestException if two pods that were given names have the same
    List<Resource> resources() {
        var owners = ownership.ownersOf(makers());
        var names = new PodNames();
        var seen = new HashMap<NamespacedName, Position>();
        var endpoints = new HashMap<NamespacedName, List<Service.GivenEndpoint>>();
        for (var draft : drafts) {
            switch (draft) {
                case GivenPod pod when !pod.hasEnded() -> once(pod.pod().name(), pod.at(), names, seen);
                case Workload w when w.controller() == Controller.STATEFUL_SET && counts(w, owners) ->
                    w.pods(w.name().name()).forEach(p -> once(p.name(), w.at(), names, seen));
                case GivenEndpoints given -> endpoints.computeIfAbsent(given.service(), _ -> new ArrayList<>()).addAll(given.endpoints());
                case GivenPod _, Workload _, Ready _ -> {}
            }
        }
        var resources = new ArrayList<Resource>();
        for (var draft : drafts) {
            switch (draft) {
                case Ready(OfService(var service, var at, var text)) ->
                    resources.add(new OfService(behind(service, endpoints.getOrDefault(service.name(), List.of())), at, text));
                case Ready(var resource) -> resources.add(resource);
                case GivenPod pod -> add(pod, resources);
                case Workload workload -> add(workload, owners, names, resources);
                case GivenEndpoints _ -> {}
            }
        }
        return resources;
    }

    Map<NamespacedName, List<String>> addresses() {
        var addresses = new HashMap<NamespacedName, List<String>>();
        for (var draft : drafts)
            if (draft instanceof GivenPod pod && !pod.hasEnded() && !pod.addresses().isEmpty())
                addresses.put(pod.pod().name(), pod.addresses());
        return addresses;
    }

    /// What makes pods, or is one: a pod that has ended takes nothing off its owner.
    private List<Identity> makers() {
        var makers = new ArrayList<Identity>();
        for (var draft : drafts) {
            switch (draft) {
                case GivenPod pod when !pod.hasEnded() -> makers.add(pod.identity());
                case Workload workload when workload.makesPods() -> makers.add(workload.identity());
                case GivenPod _, Workload _, Ready _, GivenEndpoints _ -> {}
            }
        }
        return makers;
    }

    private static void once(NamespacedName name, Position at, PodNames names, Map<NamespacedName, Position> seen) {
        var first = seen.putIfAbsent(name, at);
        if (first != null) throw ObjectProblems.twice(at, "pod " + name, first);
        names.take(name);
    }

    private static boolean counts(Workload workload, Set<Identity> owners) {
        return !workload.ended() && !owners.contains(workload.identity());
    }

    private void add(GivenPod pod, List<Resource> resources) {
        if (pod.hasEnded()) notes.ended(pod.at(), "Pod", pod.pod().name(), pod.phase());
        else resources.add(new OfPod(pod.pod(), false, pod.at(), pod.text()));
    }

    private void add(Workload workload, Set<Identity> owners, PodNames names, List<Resource> resources) {
        if (workload.ended()) notes.ended(workload.at(), workload.identity().kind(), workload.name(), "Complete or Failed");
        if (!counts(workload, owners)) return;
        // The ReplicaSets of former revisions ask for no pods, and that is nothing to remark on.
        if (workload.count() == 0 && workload.identity().owners().isEmpty())
            notes.note(workload.at(), workload.identity().kind(), workload.name(),
                "%s %s asks for no pods".formatted(workload.identity().kind(), workload.name()));
        workload.pods(names.stem(workload)).forEach(
            p -> resources.add(new OfPod(p, workload.controller() == Controller.DAEMON_SET, workload.at(), workload.text())));
    }

    /// The API keeps the endpoints of a Service with a selector itself.
    private static Service behind(Service service, List<Service.GivenEndpoint> endpoints) {
        return service.selector().isEmpty() ? service.withEndpoints(endpoints) : service;
    }
}
