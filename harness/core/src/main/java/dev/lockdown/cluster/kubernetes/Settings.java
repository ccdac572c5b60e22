package dev.lockdown.cluster.kubernetes;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Pattern;

/// How to behave on a cluster that others may use too.
///
/// @param run names this run, in the label `lockdown.dev/run` of all that it makes
/// @param agentImage a Java 25 image for the agents
/// @param namespaces existing namespaces to use, by the names that features use
/// @param externals addresses of external hosts, by the names that features use
/// @param acceptUnseen whether to go on though the cluster has policies or meshes that the oracle does not know
/// @param allowDisruptive whether to disturb what others may use too
/// @param keep whether to leave everything as it is in the end
/// @param disposable whether the cluster itself goes in the end, so that nothing in it has to be removed
/// @param ledger where to write down what was made, before it is used
public record Settings(String run, String agentImage, Map<String, String> namespaces, Map<String, External> externals,
        boolean acceptUnseen, boolean allowDisruptive, boolean keep, boolean disposable, Path ledger) {
    public static final String AGENT_IMAGE = "docker.io/library/eclipse-temurin:25-jre";

    public Settings {
        namespaces = Map.copyOf(namespaces);
        externals = Map.copyOf(externals);
    }

    /// Where an external host really is.
    ///
    /// @param address a literal
    /// @param port 0 for the port that the feature names
    public record External(String address, int port) {

        /// Parse `203.0.113.10`, `203.0.113.10:443` or `[2001:db8::10]:443`.
        ///
        /// @throws IllegalArgumentException saying what was expected
        public static External parse(String text) {
            var matcher =
                Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+))(?::([0-9]{1,5}))?|([0-9a-fA-F:]+:[0-9a-fA-F:.]*)")
                    .matcher(text);
            if (!matcher.matches()) throw wrong(text);
            var address = matcher.group(1) != null ? matcher.group(1) : matcher.group(2) != null ? matcher.group(2) : matcher.group(4);
            int port = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
            try {
                InetAddress.ofLiteral(address);
            } catch (IllegalArgumentException e) {
                throw wrong(text);
            }
            if (port > 65535) throw wrong(text);
            return new External(address, port);
        }

        private static IllegalArgumentException wrong(String text) {
            return new IllegalArgumentException("\"%s\" is no address; expected 203.0.113.10:443 or [2001:db8::10]:443".formatted(text));
        }
    }
}
