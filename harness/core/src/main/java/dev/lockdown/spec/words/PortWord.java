package dev.lockdown.spec.words;

import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.InputException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A port as a step says it: `TCP/8080`, `TCP/http`, `every port`; `HTTP/8080`, where it is asked for a page; or `ICMP`, which has none.
public sealed interface PortWord {
    String REGEX = "(?:ICMP|[A-Za-z]+/[A-Za-z0-9-]+)(?:(?:, | and )(?:ICMP|[A-Za-z]+/[A-Za-z0-9-]+))*|every port";

    Pattern SEPARATOR = Pattern.compile("\\s*,\\s*|\\s+and\\s+");

    record Numbered(Port port) implements PortWord {
        @Override
        public String toString() {
            return port.toString();
        }
    }

    record Named(Protocol protocol, String name) implements PortWord {
        @Override
        public String toString() {
            return protocol + "/" + name;
        }
    }

    /// All ports that the destination serves.
    record Every() implements PortWord {
        @Override
        public String toString() {
            return "every port";
        }
    }

    /// An echo request and its reply.
    record Icmp() implements PortWord {
        @Override
        public String toString() {
            return "ICMP";
        }
    }

    /// A TCP port that is asked for a page over HTTP, by samples of watched flows.
    ///
    /// @param over the port itself
    record Web(PortWord over) implements PortWord {
        @Override
        public String toString() {
            return "HTTP" + over.toString().substring(Protocol.TCP.name().length());
        }

        /// What is said where only ports can be meant.
        public InputException misplaced() {
            return InputException.about(toString(), "only flows that are watched are asked over HTTP; say %s".formatted(over));
        }
    }

    /// Parse `TCP/53 and UDP/53`.
    ///
    /// @throws InputException saying what was expected
    static List<PortWord> parse(String text) {
        if (text.strip().equals("every port")) return List.of(new Every());
        var words = new ArrayList<PortWord>();
        for (var word : SEPARATOR.split(text.strip())) words.add(one(word));
        return words;
    }

    /// Whether ICMP is among the ports of a text, be it right or wrong otherwise.
    static boolean saysIcmp(String text) {
        return Arrays.asList(SEPARATOR.split(text.strip())).contains("ICMP");
    }

    private static PortWord one(String word) {
        if (word.equals("ICMP")) return new Icmp();
        int slash = word.indexOf('/');
        if (slash < 0)
            throw InputException.about(word,
                "\"%s\" is not a port; expected one such as TCP/8080, UDP/53, TCP/http, every port or ICMP".formatted(word));
        if (word.substring(0, slash).equalsIgnoreCase("HTTP")) return new Web(one("TCP" + word.substring(slash)));
        var rest = word.substring(slash + 1);
        if (rest.matches("[0-9]+")) {
            try {
                return new Numbered(new Port(protocol(word.substring(0, slash)), Integer.parseInt(rest)));
            } catch (IllegalArgumentException e) {
                throw InputException.about(word, "\"%s\": %s".formatted(word, e.getMessage()));
            }
        }
        return new Named(protocol(word.substring(0, slash)), rest);
    }

    private static Protocol protocol(String word) {
        try {
            return Protocol.valueOf(word.toUpperCase(Locale.ROOT));
        } catch (IllegalArgumentException e) {
            throw InputException.about(word, "\"%s\" is not a protocol; expected TCP, UDP or SCTP".formatted(word));
        }
    }
}
