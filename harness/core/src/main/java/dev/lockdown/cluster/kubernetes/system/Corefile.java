package dev.lockdown.cluster.kubernetes.system;

import java.net.InetAddress;
import java.util.List;
import java.util.SortedMap;

/// The configuration of CoreDNS, as text.
///
/// @see <a href="https://coredns.io/plugins/hosts/">the plugin hosts</a>
final class Corefile {
    static final String KEY = "Corefile";
    private static final String BEGIN = "# names of external hosts, as long as a run of Lockdown lasts\n";

    private Corefile() {}

    /// The same with a server block for names, each a zone of its own: the block of the longest zone answers, so that the others are left as
    /// they are.
    static String with(String former, SortedMap<String, List<InetAddress>> names) {
        var text = new StringBuilder(BEGIN);
        text.append(String.join(" ", names.keySet().stream().map(n -> n + ":53").toList())).append(" {\n    errors\n    hosts {\n");
        names.forEach((name, addresses) -> addresses.forEach(
            address -> text.append("        ").append(address.getHostAddress()).append(' ').append(name).append('\n')));
        return text.append("    }\n}\n").append(former).toString();
    }
}
