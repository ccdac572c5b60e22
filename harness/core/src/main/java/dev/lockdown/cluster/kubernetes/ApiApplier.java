package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.HarnessNamespaces;
import dev.lockdown.cluster.kubernetes.agent.Threads;
import dev.lockdown.cluster.kubernetes.outside.BalancerAddresses;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.NetworkPolicy;
import dev.lockdown.state.Service;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.MixedOperation;
import io.fabric8.kubernetes.client.dsl.Resource;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;

/// Applies the Services and policies of one scenario on the API server's side, refusing to change what is not ours, and removes them. Changes of
/// different objects may be made by several threads.
final class ApiApplier {
    private final KubernetesClient client;
    private final String run;
    private final NamespaceMapping mapping;
    private final RunNamespaces namespaces;
    private final RunObjects objects;
    private final ApiObjects made;
    private final GivenEndpoints endpoints;
    private final Map<NamespacedName, List<InetAddress>> serviceAddresses = new ConcurrentHashMap<>();
    private final Map<NamespacedName, List<InetAddress>> balancerAddresses = new ConcurrentHashMap<>();
    private final BalancerAddresses balancers;
    private final Set<NamespacedName> policies = Collections.synchronizedSet(new LinkedHashSet<>());

    ApiApplier(KubernetesClient client, String run, NamespaceMapping mapping, RunNamespaces namespaces, RunObjects objects,
            BalancerAddresses balancers) {
        this.balancers = balancers;
        this.client = client;
        this.run = run;
        this.mapping = mapping;
        this.namespaces = namespaces;
        this.objects = objects;
        made = new ApiObjects(run, mapping);
        endpoints = new GivenEndpoints(client, made, mapping);
    }

    /// @param balanced whether somebody asks for its load balancer
    /// @return the Service with the node ports that it was given
    Service apply(Service service, boolean balanced) {
        requireOurs("Service", service.name(), client.services());
        var applied = client.resource(made.service(service)).forceConflicts().serverSideApply();
        serviceAddresses.put(service.name(),
            Objects.requireNonNullElse(applied.getSpec().getClusterIPs(), List.<String>of()).stream().filter(a -> !a.equals("None"))
                .map(InetAddress::ofLiteral).toList());
        endpoints.apply(service);
        return balanced(withNodePorts(service, applied), balanced);
    }

    /// @return the Service as its load balancer is, which may be one that keeps its address to itself
    private Service balanced(Service service, boolean awaited) {
        if (service.type() != Service.Type.LOAD_BALANCER) return service;
        var given = balancers.of(mapping.namespace(service.name().namespace()), service.name(), awaited);
        balancerAddresses.put(service.name(), given.addresses());
        return service.withOutside(new Service.Outside(service.outside().trafficPolicy(), given.proxied()));
    }

    private static Service withNodePorts(Service service, io.fabric8.kubernetes.api.model.Service applied) {
        var ports = service.ports().stream().map(p -> applied.getSpec().getPorts().stream()
            .filter(a -> a.getPort() == p.port().number() && a.getProtocol().equals(p.port().protocol().name()) && a.getNodePort() != null)
            .findFirst().map(a -> new Service.ServicePort(p.name(), p.port(), p.target(), a.getNodePort())).orElse(p)).toList();
        return service.withPorts(ports);
    }

    void deleteService(NamespacedName service) {
        client.services().inNamespace(mapping.namespace(service.namespace())).withName(service.name()).delete();
        endpoints.delete(service);
        serviceAddresses.remove(service);
        balancerAddresses.remove(service);
    }

    /// The addresses of the Services that were applied and not deleted.
    Map<NamespacedName, List<InetAddress>> serviceAddresses() {
        return Map.copyOf(serviceAddresses);
    }

    /// The addresses of their load balancers; of one that was given none, none.
    Map<NamespacedName, List<InetAddress>> balancerAddresses() {
        return Map.copyOf(balancerAddresses);
    }

    void apply(NetworkPolicy policy) {
        requireOurs("NetworkPolicy", policy.name(), client.network().v1().networkPolicies());
        policies.add(policy.name());
        client.resource(objects.owned(made.policy(policy))).forceConflicts().serverSideApply();
    }

    void deletePolicy(NamespacedName policy) {
        client.network().v1().networkPolicies().inNamespace(mapping.namespace(policy.namespace())).withName(policy.name()).delete();
        policies.remove(policy);
    }

    /// In a namespace of the user's own, what was there before stays as it is.
    private void requireOurs(String kind, NamespacedName name,
            MixedOperation<? extends HasMetadata, ?, ? extends Resource<? extends HasMetadata>> operation) {
        var namespace = mapping.namespace(name.namespace());
        if (!namespaces.isForeign(namespace)) return;
        var there = operation.inNamespace(namespace).withName(name.name()).get();
        if (there != null && !objects.isOurs(there))
            throw new IllegalArgumentException(
                "the namespace \"%s\" has a %s %s already, which is not ours".formatted(namespace, kind, name.name()));
    }

    /// What calls did that were given up: policies that are there and should not be, which are removed, and those that should be and are not.
    ///
    /// @param known the policies that should be there
    /// @return in words; empty where everything is as it should be
    List<String> late(Set<NamespacedName> known) {
        var wanted = known.stream().map(mapping::name).collect(Collectors.toCollection(TreeSet::new));
        var late = new ArrayList<String>();
        for (var policy : client.network().v1().networkPolicies().inAnyNamespace().withLabel(ApiObjects.RUN, run).list().getItems()) {
            var name = new NamespacedName(policy.getMetadata().getNamespace(), policy.getMetadata().getName());
            if (wanted.remove(name)) continue;
            client.resource(policy).delete();
            late.add("NetworkPolicy %s was made by a call that had been given up, and is removed".formatted(name));
        }
        wanted.forEach(name -> late.add("NetworkPolicy %s is gone".formatted(name)));
        return late;
    }

    /// Remove the policies and Services: first those of the scenario and then the harness's policies, so that the canary's flows open last.
    void clear(Threads threads) {
        var work = new ArrayList<Runnable>();
        policies.stream().filter(p -> !HarnessNamespaces.contains(p.namespace())).forEach(p -> work.add(() -> deletePolicy(p)));
        serviceAddresses.keySet().forEach(s -> work.add(() -> deleteService(s)));
        threads.all(work, Runnable::run);
        threads.all(List.copyOf(policies), this::deletePolicy);
    }
}
