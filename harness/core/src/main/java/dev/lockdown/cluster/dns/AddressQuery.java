package dev.lockdown.cluster.dns;

import dev.lockdown.flow.Family;
import dev.lockdown.state.InputException;
import org.xbill.DNS.Name;
import org.xbill.DNS.TextParseException;

/// One question for the addresses of a name as it stands, without search domains.
public final class AddressQuery {
    private AddressQuery() {}

    /// The message, as it goes over UDP.
    ///
    /// @throws InputException if it is not a DNS name
    public static byte[] of(String name, Family family) {
        try {
            return new DnsQuestion(Name.fromString(name.endsWith(".") ? name : name + "."), family).bytes();
        } catch (TextParseException e) {
            throw InputException.about(name, "\"%s\" is not a DNS name: %s".formatted(name, e.getMessage()));
        }
    }
}
