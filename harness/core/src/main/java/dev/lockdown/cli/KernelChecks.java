package dev.lockdown.cli;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.embedded.kernel.Conntrack;
import dev.lockdown.cluster.embedded.kernel.KernelException;
import dev.lockdown.cluster.embedded.kernel.NamespaceThread;
import dev.lockdown.cluster.embedded.kernel.Nflog;
import dev.lockdown.cluster.embedded.kernel.Nftables;
import dev.lockdown.cluster.embedded.kernel.NftablesException;
import dev.lockdown.cluster.embedded.kernel.StreamProtocols;
import dev.lockdown.flow.Protocol;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;

/// Really tries what the embedded cluster needs of the kernel, in a network namespace that is thrown away.
final class KernelChecks {
    private static final int GROUP = 5;
    private static final String RULES = """
        table inet doctor {
          map accounts { type ipv4_addr . inet_proto . inet_service : verdict; flags interval; }
          chain forwarded {
            type filter hook forward priority 0; policy accept;
            ct state established,related accept
            ip daddr . meta l4proto . th dport vmap @accounts
            log prefix "doctor" group %s drop
          }
          chain translated {
            type nat hook prerouting priority -100;
            ip daddr 10.43.0.1 tcp dport 443 dnat ip to 10.0.0.1:6443
          }
        }
        """.formatted(GROUP);

    private interface Trial {
        void run() throws IOException;
    }

    List<Check> findings() {
        var found = new ArrayList<Check>();
        try (var thread = NamespaceThread.start("doctor"); var namespace = thread.create()) {
            found.add(Check.good("namespaces", "made one"));
            thread.in(namespace, () -> {
                found.add(tried("nftables", "filters, translates addresses, takes maps of concatenations", this::nftables));
                found.add(tried("drop reports", "NFLOG group %s can be read".formatted(GROUP), () -> Nflog.open(GROUP).close()));
                found.add(tried("conntrack", "entries can be deleted", this::conntrack));
            });
        } catch (EnvironmentException | KernelException e) {
            found.add(Check.lacking("namespaces", String.valueOf(e.getMessage()), null));
        }
        found.add(ipv6().optional());
        found.add(sctp().optional());
        return found;
    }

    private static Check tried(String name, String success, Trial trial) {
        try {
            trial.run();
            return Check.good(name, success);
        } catch (EnvironmentException e) { // its advice is in another line of the table
            return Check.lacking(name, String.valueOf(e.getMessage()).lines().findFirst().orElseThrow(), null);
        } catch (KernelException | NftablesException | IOException e) {
            return Check.lacking(name, String.valueOf(e.getMessage()), null);
        }
    }

    private void nftables() {
        try (var nftables = Nftables.open()) {
            nftables.run(RULES);
        }
    }

    private void conntrack() {
        try (var conntrack = Conntrack.open()) {
            conntrack.flush();
        }
    }

    private static Check ipv6() {
        try {
            boolean there =
                NetworkInterface.networkInterfaces().flatMap(NetworkInterface::inetAddresses).anyMatch(Inet6Address.class::isInstance);
            return there ? Check.good("IPv6", "the loopback has ::1")
                : Check.lacking("IPv6", "no address; scenarios that need it are skipped", null);
        } catch (SocketException e) {
            return Check.lacking("IPv6", e.toString(), null);
        }
    }

    /// The kernel loads the module that it has in store.
    private static Check sctp() {
        return StreamProtocols.has(Protocol.SCTP.number()) ? Check.good("SCTP", "the kernel has it")
            : Check.lacking("SCTP", "this kernel has none; policies on it are enforced, scenarios that dial over it are skipped",
                "modprobe sctp");
    }
}
