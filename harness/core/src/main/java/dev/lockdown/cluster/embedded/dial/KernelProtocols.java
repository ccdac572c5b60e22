package dev.lockdown.cluster.embedded.dial;

import dev.lockdown.cluster.embedded.kernel.StreamProtocols;
import dev.lockdown.flow.Protocol;
import java.util.Map;

/// Which protocols this machine's kernel has sockets of. It is asked once, since it may look for a module each time.
public final class KernelProtocols {
    private static final Map<Protocol, String> LACKING = StreamProtocols.has(Protocol.SCTP.number()) ? Map.of()
        : Map.of(Protocol.SCTP, "this machine's kernel has no SCTP; `modprobe sctp` loads it where the distribution has the module");

    private KernelProtocols() {}

    /// Those that it lacks, with what would change that.
    public static Map<Protocol, String> lacking() {
        return LACKING;
    }

    static boolean has(Protocol protocol) {
        return !LACKING.containsKey(protocol);
    }
}
