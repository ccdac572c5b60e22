package dev.lockdown.cli;

import dev.lockdown.flow.Port;
import dev.lockdown.state.ExternalHost;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/// Reads machines outside the cluster as people type them: `partner.example=203.0.113.10,TCP/443`.
final class Outside {
    private static final String FORM = "expected a name, its addresses and what it serves, such as partner.example=203.0.113.10,TCP/443";

    private Outside() {}

    /// @throws IllegalArgumentException if the text is not of that form
    static ExternalHost parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) throw new IllegalArgumentException("\"%s\" has no name; %s".formatted(text, FORM));
        var addresses = new ArrayList<String>();
        var ports = new ArrayList<Port>();
        for (var word : List.of(text.substring(equals + 1).split(","))) {
            if (word.contains("/")) ports.add(Port.parse(word));
            else addresses.add(address(word));
        }
        if (ports.isEmpty()) throw new IllegalArgumentException("\"%s\" serves nothing; %s".formatted(text, FORM));
        return new ExternalHost(text.substring(0, equals), ports, addresses);
    }

    private static String address(String word) {
        try {
            return InetAddress.ofLiteral(word).getHostAddress();
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"%s\" is no address; %s".formatted(word, FORM), e);
        }
    }
}
