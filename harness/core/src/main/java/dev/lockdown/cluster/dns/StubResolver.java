package dev.lockdown.cluster.dns;

import dev.lockdown.cluster.dns.DnsQuestion.Reply;
import dev.lockdown.cluster.dns.DnsQuestion.Why;
import dev.lockdown.cluster.dns.StubResolver.Result.Answer;
import dev.lockdown.cluster.dns.StubResolver.Result.Failed;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Outcome;
import dev.lockdown.flow.Outcome.ProbeFailed;
import dev.lockdown.flow.Outcome.Resolved;
import dev.lockdown.flow.Outcome.Unresolved;
import dev.lockdown.flow.Probe.Transport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.xbill.DNS.Name;
import org.xbill.DNS.NameTooLongException;
import org.xbill.DNS.TextParseException;

/// Resolves a name as a pod's C library does: search domains, `ndots:5`, TCP after a truncated answer, no EDNS.
///
/// ```java
/// var outcome = StubResolver.inNamespace("shop", exchange).resolve("api", Transport.EITHER, Family.IPV4);
/// ```
public final class StubResolver {
    private static final int NDOTS = 5;

    private final List<String> search;
    private final Exchange exchange;

    private StubResolver(List<String> search, Exchange exchange) {
        this.search = List.copyOf(search);
        this.exchange = exchange;
    }

    /// Carries one question to the name server and brings its answer.
    public interface Exchange {

        /// @param query a DNS message, without the length that goes before it over TCP
        Result exchange(byte[] query, boolean tcp);
    }

    public sealed interface Result {
        @SuppressWarnings("ArrayRecordComponent") // handed over, never compared
        record Answer(byte[] bytes, Duration roundTrip) implements Result {}

        /// No answer came, and this is what the probe saw instead.
        record Failed(Outcome outcome) implements Result {}
    }

    /// Look up as a pod of the namespace does (`dnsPolicy: ClusterFirst`).
    public static StubResolver inNamespace(String namespace, Exchange exchange) {
        return new StubResolver(List.of(namespace + ".svc.cluster.local", "svc.cluster.local", "cluster.local"), exchange);
    }

    /// Look up as a node or an external host does, which has no search domains.
    public static StubResolver absolute(Exchange exchange) {
        return new StubResolver(List.of(), exchange);
    }

    /// Ask until a name of the search list has an address. A name that ends with a dot is asked as it stands.
    ///
    /// A name without an address sends the search on to the next; a failure of the transport ends it and is the outcome, that of
    /// TCP included where a truncated answer made it necessary.
    public Outcome resolve(String name, Transport transport, Family family) {
        List<Name> candidates;
        try {
            candidates = candidates(name);
        } catch (TextParseException e) {
            return new ProbeFailed("\"%s\" is not a DNS name: %s".formatted(name, e.getMessage()));
        }
        var why = Why.NXDOMAIN;
        for (var candidate : candidates) {
            switch (ask(new DnsQuestion(candidate, family), transport)) {
                case Reply.Found(var addresses, var roundTrip) -> {
                    return new Resolved(roundTrip, addresses);
                }
                case Reply.Absent(var reason) -> why = reason.compareTo(why) > 0 ? reason : why;
                case Reply.Truncated() -> {
                    return new Unresolved(name, "truncated");
                }
                case Reply.Stopped(var outcome) -> {
                    return outcome;
                }
            }
        }
        return new Unresolved(name, why.toString());
    }

    private Reply ask(DnsQuestion question, Transport transport) {
        return switch (transport) {
            case UDP -> send(question, false);
            case TCP -> send(question, true);
            case EITHER -> {
                var reply = send(question, false);
                yield reply instanceof Reply.Truncated ? send(question, true) : reply;
            }
        };
    }

    private Reply send(DnsQuestion question, boolean tcp) {
        return switch (exchange.exchange(question.bytes(), tcp)) {
            case Answer(var bytes, var roundTrip) -> question.read(bytes, roundTrip);
            case Failed(var outcome) -> new Reply.Stopped(outcome);
        };
    }

    private List<Name> candidates(String text) throws TextParseException {
        if (text.endsWith(".")) return List.of(Name.fromString(text));
        var names = new ArrayList<Name>();
        var asItStands = Name.fromString(text + ".");
        for (var domain : search) {
            try {
                names.add(Name.concatenate(asItStands.relativize(Name.root), Name.fromString(domain + ".")));
            } catch (NameTooLongException e) {
                // Longer than any name can be, so nobody can have it.
            }
        }
        names.add(asItStands.labels() - 2 < NDOTS ? names.size() : 0, asItStands);
        return names;
    }
}
