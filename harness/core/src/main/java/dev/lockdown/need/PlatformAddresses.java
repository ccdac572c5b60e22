package dev.lockdown.need;

import dev.lockdown.state.Addresses;
import dev.lockdown.state.Cidr;
import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Where the Kubernetes API and the nodes of the application's own cluster are, as far as somebody said it.
///
/// @param apiServer where it listens and from where it dials
/// @param nodes blocks that hold their addresses
public record PlatformAddresses(Addresses.@Nullable ApiServer apiServer, List<Cidr> nodes) {
    public static final PlatformAddresses UNKNOWN = new PlatformAddresses(null, List.of());

    public PlatformAddresses {
        nodes = List.copyOf(nodes);
    }

    /// Read `10.0.0.1:6443` or `[fd00::1]:6443`.
    ///
    /// @throws IllegalArgumentException if it is no address with a port
    public static Addresses.ApiServer apiServer(String text) {
        int colon = text.lastIndexOf(':');
        try {
            int port = Integer.parseInt(text.substring(colon + 1));
            if (port < 1 || port > 65535) throw new IllegalArgumentException("no port");
            return new Addresses.ApiServer(InetAddress.ofLiteral(text.substring(0, Math.max(colon, 0)).replaceAll("[\\[\\]]", "")), port);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                "\"%s\" is no address with a port; expected 10.0.0.1:6443 or [fd00::1]:6443".formatted(text), e);
        }
    }

    /// What is said here, and of the rest what is said there.
    public PlatformAddresses or(PlatformAddresses other) {
        return new PlatformAddresses(apiServer == null ? other.apiServer : apiServer, nodes.isEmpty() ? other.nodes : nodes);
    }
}
