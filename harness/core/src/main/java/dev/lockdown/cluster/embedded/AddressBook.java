package dev.lockdown.cluster.embedded;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.state.Addresses;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// The addresses that a cluster has given out so far.
final class AddressBook {
    private final List<Addresses.ApiServer> apiServers;
    private final Map<Endpoint, List<InetAddress>> given = new HashMap<>();
    private @Nullable Addresses latest;

    AddressBook(List<Addresses.ApiServer> apiServers) {
        this.apiServers = List.copyOf(apiServers);
    }

    void give(Endpoint endpoint, List<InetAddress> addresses) {
        given.put(endpoint, addresses);
        latest = null;
    }

    void takeBack(Endpoint endpoint) {
        given.remove(endpoint);
        latest = null;
    }

    List<InetAddress> of(Endpoint endpoint) {
        return given.getOrDefault(endpoint, List.of());
    }

    /// Those who have addresses now and are such.
    List<Endpoint> endpoints(Predicate<Endpoint> such) {
        return given.keySet().stream().filter(such).toList();
    }

    /// All of them at this moment; the same object as long as none was given or taken back.
    Addresses addresses() {
        var known = latest;
        if (known == null) latest = known = new Addresses(given, apiServers);
        return known;
    }
}
