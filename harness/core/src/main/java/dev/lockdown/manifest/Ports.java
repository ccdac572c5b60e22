package dev.lockdown.manifest;

import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.ContainerPort;
import java.util.ArrayList;
import java.util.List;

/// The ports that a pod serves, in the one line of a table cell.
public final class Ports {
    private static final String FORM = "expected TCP/8080, or http=TCP/8080 to name it";

    private Ports() {}

    /// Parse ports such as `TCP/8080, UDP/5353, http=TCP/80`. An empty text has none.
    ///
    /// @throws IllegalArgumentException saying what was found and expected
    public static List<ContainerPort> parse(String text) {
        var ports = new ArrayList<ContainerPort>();
        if (text.isBlank()) return List.of();
        for (var part : text.split(",", -1)) {
            var port = one(part.strip());
            for (var other : ports) {
                if (!port.name().isEmpty() && other.name().equals(port.name()))
                    throw new IllegalArgumentException("the port name \"%s\" is given twice".formatted(port.name()));
                if (other.port().equals(port.port())) throw new IllegalArgumentException("port %s is given twice".formatted(port.port()));
            }
            ports.add(port);
        }
        return List.copyOf(ports);
    }

    private static ContainerPort one(String text) {
        int equals = text.indexOf('=');
        var name = equals < 0 ? "" : text.substring(0, equals).strip();
        if (equals >= 0 && !Syntax.PORT_NAME.matches(name))
            throw new IllegalArgumentException(
                "the port name %s is not valid; expected %s".formatted(Quote.of(name), Syntax.PORT_NAME.expected()));
        var parts = text.substring(equals + 1).strip().split("/", -1);
        if (parts.length != 2) throw new IllegalArgumentException("%s is no port; %s".formatted(Quote.of(text), FORM));
        return new ContainerPort(new Port(protocol(parts[0], text), number(parts[1], text)), name);
    }

    private static Protocol protocol(String word, String text) {
        if (Protocols.NAMES.contains(word)) return Protocol.valueOf(word);
        throw new IllegalArgumentException("unknown protocol %s in %s; %s".formatted(Quote.of(word), Quote.of(text),
            Suggestion.among(word, "expected one of", Protocols.NAMES)));
    }

    private static int number(String digits, String text) {
        if (digits.matches("[0-9]{1,5}") && Integer.parseInt(digits) >= 1 && Integer.parseInt(digits) <= 65535)
            return Integer.parseInt(digits);
        throw new IllegalArgumentException("%s in %s is no port number; expected 1 to 65535".formatted(Quote.of(digits), Quote.of(text)));
    }
}
