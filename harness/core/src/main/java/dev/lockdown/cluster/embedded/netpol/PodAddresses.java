package dev.lockdown.cluster.embedded.netpol;

import dev.lockdown.cluster.embedded.nft.AddressRange;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Pod;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A pod in the pods' network, with the addresses that are known of it so far.
public record PodAddresses(Pod pod, List<Place> places) {

    /// One address, with its text made once: it is written into many sets.
    record Place(InetAddress address, Family family, String text) {
        static Place of(InetAddress address) {
            return new Place(address, Family.of(address), address.getHostAddress());
        }

        AddressRange range() {
            return AddressRange.of(address);
        }
    }

    static PodAddresses of(Pod pod, List<InetAddress> addresses) {
        return new PodAddresses(pod, addresses.stream().map(Place::of).toList());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof PodAddresses member && member.pod == pod;
    }

    /// Cheap, because rules put members into sets by the thousand.
    @Override
    public int hashCode() {
        return pod.name().hashCode();
    }

    public NamespacedName name() {
        return pod.name();
    }

    /// Resolve a named port as this pod declares it for the protocol: one number or none, unless somebody mixes pods up.
    List<Integer> numbers(Protocol protocol, String portName) {
        return pod.ports().stream().filter(p -> p.port().protocol() == protocol && p.name().equals(portName)).map(p -> p.port().number())
            .toList();
    }
}
