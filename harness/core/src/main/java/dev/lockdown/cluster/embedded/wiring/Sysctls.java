package dev.lockdown.cluster.embedded.wiring;

import dev.lockdown.cluster.embedded.kernel.Conntrack;
import dev.lockdown.cluster.embedded.kernel.Sysctl;
import dev.lockdown.flow.Family;
import java.util.List;

/// Kernel settings of each kind of machine, for the namespace of the calling thread, before it has any veth pair. A new namespace
/// inherits IPv4's from the host, whatever they are there, so all that matters are written.
///
/// Those that older kernels lack, or refuse to a user namespace, are left as they are: they make refusals and the end of a run
/// faster, and no verdict depends on them.
final class Sysctls {
    private final List<Family> families;

    Sysctls(List<Family> families) {
        this.families = families;
    }

    void ofPod() {
        endsConnections();
        forwards(false);
    }

    void ofNode() {
        endsConnections();
        forwards(true);
        tracksConnections();
    }

    void ofFabric() {
        endsConnections();
        forwards(true);
    }

    void ofInternet() {
        endsConnections();
        // What is for none of its hosts must vanish here and not turn round.
        forwards(false);
    }

    private void endsConnections() {
        Sysctl.writeIfAllowed("net.core.somaxconn", "4096");
        // Our process is root here, or is in the user namespace that it made.
        Sysctl.writeIfAllowed("net.ipv4.ping_group_range", "0 0");
        // A killed run leaves connections whose FIN a policy drops; their sockets would hold their namespaces for 108 s.
        Sysctl.writeIfAllowed("net.ipv4.tcp_orphan_retries", "1");
        // Else most refusals of a whole table are silences: the kernel sends some fifty, then one a second.
        Sysctl.writeIfAllowed("net.ipv4.icmp_ratelimit", "0");
        Sysctl.writeIfAllowed("net.ipv4.icmp_msgs_per_sec", "1000000");
        Sysctl.writeIfAllowed("net.ipv4.icmp_msgs_burst", "100000");
        if (families.contains(Family.IPV6)) {
            Sysctl.writeIfAllowed("net.ipv6.icmp.ratelimit", "0");
            // Our veth pairs need no link-local addresses, and the solicitations that come with them are noise under a policy.
            Sysctl.write("net.ipv6.conf.default.addr_gen_mode", "1");
        } else {
            Sysctl.writeIfAllowed("net.ipv6.conf.all.disable_ipv6", "1");
        }
    }

    private void forwards(boolean forwards) {
        Sysctl.write("net.ipv4.ip_forward", forwards ? "1" : "0");
        Sysctl.write("net.ipv4.conf.all.rp_filter", "0");
        Sysctl.write("net.ipv4.conf.default.rp_filter", "0");
        if (families.contains(Family.IPV6)) Sysctl.write("net.ipv6.conf.all.forwarding", forwards ? "1" : "0");
    }

    private static void tracksConnections() {
        // The kernel loads connection tracking when it is first asked about it; before that there are no settings.
        try (var table = Conntrack.open()) {
            table.flush();
        }
        // A connection that is forgotten stays forgotten, instead of being picked up in the middle as a new one.
        Sysctl.writeIfAllowed("net.netfilter.nf_conntrack_tcp_loose", "0");
        // A probe whose tuple is still remembered is answered by that memory. A dial takes 1.5 s.
        Sysctl.writeIfAllowed("net.netfilter.nf_conntrack_tcp_timeout_close", "1");
        Sysctl.writeIfAllowed("net.netfilter.nf_conntrack_udp_timeout", "2");
        Sysctl.writeIfAllowed("net.netfilter.nf_conntrack_udp_timeout_stream", "2");
    }
}
