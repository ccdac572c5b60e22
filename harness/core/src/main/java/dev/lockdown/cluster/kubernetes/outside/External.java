package dev.lockdown.cluster.kubernetes.outside;

import dev.lockdown.state.ExternalHost;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Where an external host of a feature really is.
public sealed interface External {

    /// Somebody else's machine, of which all that is known is whether it accepts.
    ///
    /// @param address a literal
    /// @param port 0 for the port that the feature names
    record Elsewhere(String address, int port) implements External {}

    /// This machine, which serves it for as long as the run lasts.
    ///
    /// @param address a literal of one that the nodes reach, or null where one is looked for
    record Self(@Nullable String address) implements External {}

    /// Parse `203.0.113.10`, `203.0.113.10:443`, `[2001:db8::10]:443`, `self` or `self@192.0.2.7`.
    ///
    /// @throws IllegalArgumentException saying what was expected
    static External parse(String text) {
        if (text.equals("self")) return new Self(null);
        if (text.startsWith("self@")) return new Self(literal(text.substring(5), text));
        var matcher = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+))(?::([0-9]{1,5}))?|([0-9a-fA-F:]+:[0-9a-fA-F:.]*)").matcher(text);
        if (!matcher.matches()) throw wrong(text);
        var address = matcher.group(1) != null ? matcher.group(1) : matcher.group(2) != null ? matcher.group(2) : matcher.group(4);
        int port = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        if (port > 65535) throw wrong(text);
        return new Elsewhere(literal(address, text), port);
    }

    private static String literal(String address, String text) {
        try {
            return InetAddress.ofLiteral(address).getHostAddress();
        } catch (IllegalArgumentException e) {
            throw wrong(text);
        }
    }

    private static IllegalArgumentException wrong(String text) {
        return new IllegalArgumentException(
            "\"%s\" is no address; expected 203.0.113.10:443, [2001:db8::10]:443, or self (this machine serves the host) or self@192.0.2.7"
                .formatted(text));
    }

    /// Why a host cannot be where it really is: policies of its feature speak of the addresses that the feature gives.
    ///
    /// @return empty where nothing is against it, or not known yet
    static Optional<String> refusal(ExternalHost host, External external) {
        return switch (external) {
            case Elsewhere(var address, _) -> refusal(host, List.of(InetAddress.ofLiteral(address)));
            case Self(var address) when address != null -> refusal(host, List.of(InetAddress.ofLiteral(address)));
            case Self _ -> Optional.empty();
        };
    }

    /// The same, knowing its addresses.
    static Optional<String> refusal(ExternalHost host, List<InetAddress> there) {
        if (host.addresses().isEmpty() || host.addresses().stream().map(InetAddress::ofLiteral).anyMatch(there::contains))
            return Optional.empty();
        return Optional.of("the feature says that the external host %s is at %s, and here it is at %s".formatted(host.name(),
            String.join(", ", host.addresses()), there.stream().map(InetAddress::getHostAddress).collect(Collectors.joining(", "))));
    }
}
