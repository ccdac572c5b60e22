package dev.lockdown.cluster.embedded;

import dev.lockdown.cluster.embedded.controlplane.ServiceAddresses;
import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.cluster.embedded.controlplane.SystemObjects;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import dev.lockdown.state.Service;
import java.util.List;

/// Gives Services and their load balancers their addresses, and takes them back.
final class ClusterIps implements Part {
    private final ServiceAddresses addresses;
    private final AddressBook book;

    ClusterIps(List<Family> families, AddressBook book) {
        addresses = new ServiceAddresses(families);
        this.book = book;
    }

    @Override
    public void handle(Change change) {
        switch (change) {
            case Change.ApplyService(var service) -> give(service);
            case Change.DeleteService(var name) -> takeBack(name);
            case Change.DeleteNamespace(var name) -> takeBackAll(name);
            case Change.StartPod _, Change.StopPod _, Change.AddHost _, Change.ApplyNamespace _, Change.ApplyPolicy _, Change.DeletePolicy _, Change.RelabelPod _, Change.RelabelNamespace _ ->
                {
                }
        }
    }

    @Override
    public void follow(Snapshot now) {}

    private void give(Service service) {
        var given = addresses.of(service);
        book.give(new Endpoint.Service(service.name()), given);
        balance(service);
        if (service.name().equals(SystemObjects.API)) book.give(new Endpoint.KubernetesApi(), given);
    }

    private void balance(Service service) {
        var balancer = new Endpoint.LoadBalancer(service.name());
        var given = addresses.ofBalancer(service);
        if (!given.isEmpty()) {
            book.give(balancer, given);
            return;
        }
        book.takeBack(balancer);
        addresses.giveBackBalancer(service.name());
    }

    private void takeBack(NamespacedName name) {
        book.takeBack(new Endpoint.LoadBalancer(name));
        book.takeBack(new Endpoint.Service(name));
        addresses.giveBack(name);
    }

    private void takeBackAll(String namespace) {
        for (var endpoint : book.endpoints(e -> e instanceof Endpoint.Service(var name) && name.namespace().equals(namespace)))
            takeBack(((Endpoint.Service) endpoint).name());
    }
}
