package dev.lockdown.cluster.kubernetes.outside;

import dev.lockdown.flow.Family;
import dev.lockdown.probe.Sockets;
import java.net.InetAddress;
import java.util.Collection;
import java.util.List;

/// The machine that stands for the outside of a cluster.
public interface OwnMachine {
    Sockets sockets();

    /// Addresses by which the nodes of a cluster may reach it, the likeliest first.
    ///
    /// @param towards addresses of the cluster's nodes and API servers
    List<InetAddress> addresses(Family family, Collection<InetAddress> towards);

    /// Ask this machine's resolver for a name.
    ///
    /// @return nothing where it does not know it
    List<InetAddress> resolve(String name);

    /// The one that this process runs on.
    static OwnMachine here() {
        return new ThisMachine();
    }
}
