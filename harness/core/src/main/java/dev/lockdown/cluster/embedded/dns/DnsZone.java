package dev.lockdown.cluster.embedded.dns;

import static dev.lockdown.cluster.embedded.dns.DnsRecords.CLUSTER;
import static dev.lockdown.cluster.embedded.dns.DnsRecords.TTL;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Name;
import org.xbill.DNS.Record;
import org.xbill.DNS.SOARecord;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.Type;

/// Everything that the cluster's DNS knows. Immutable.
///
/// A name with records below it exists even if it has none of its own (RFC 8020), so that `svc.cluster.local` is "no data" and not
/// NXDOMAIN.
final class DnsZone {
    private static final Name POD = Name.fromConstantString("pod.cluster.local.");
    private static final List<Name> AUTHORITIES = List.of(CLUSTER, Name.fromConstantString("in-addr.arpa."),
        Name.fromConstantString("ip6.arpa."));

    private static final int LONGEST_CHAIN = 8;

    private final Map<Name, Map<Integer, Set<Record>>> names;

    DnsZone(Map<Name, Map<Integer, Set<Record>>> names) {
        this.names = names;
    }

    /// What there is for a question.
    sealed interface Found {

        /// @param additional the addresses of the answer's targets
        record Records(List<Record> answer, List<Record> additional) implements Found {}

        /// The name is there, but nothing of the type.
        record NoData() implements Found {}

        record NoName() implements Found {}
    }

    Found find(Name name, int type) {
        var sets = sets(name);
        if (sets == null) return new Found.NoName();
        if (type != Type.ANY && type != Type.CNAME && sets.containsKey(Type.CNAME))
            return new Found.Records(chain(sets.get(Type.CNAME), type), List.of());
        var answer =
            type == Type.ANY ? sets.values().stream().flatMap(Collection::stream).toList() : List.copyOf(sets.getOrDefault(type, Set.of()));
        return answer.isEmpty() ? new Found.NoData() : new Found.Records(answer, additional(answer));
    }

    /// An alias, and what its target has, as CoreDNS looks it up for who asks; the alias alone where the target is nobody's.
    private List<Record> chain(Set<Record> alias, int type) {
        var records = new ArrayList<Record>(alias);
        for (int hop = 0; hop < LONGEST_CHAIN && records.getLast() instanceof CNAMERecord last; hop++) {
            var sets = names.getOrDefault(last.getTarget(), Map.of());
            var next = sets.containsKey(Type.CNAME) ? sets.get(Type.CNAME) : sets.getOrDefault(type, Set.of());
            if (next.isEmpty() || records.containsAll(next)) break;
            records.addAll(next);
        }
        return records;
    }

    /// Whether the name is in a zone of the cluster itself, rather than in the world outside that it resolves for its pods.
    boolean authoritative(Name name) {
        return AUTHORITIES.stream().anyMatch(name::subdomain);
    }

    /// Give the SOA record that belongs to a negative answer (RFC 2308 section 3).
    Record authority(Name name) {
        var zone = AUTHORITIES.stream().filter(name::subdomain).findFirst().orElse(Name.root);
        return new SOARecord(zone, DClass.IN, TTL, DnsRecords.SERVER, Name.fromConstantString("hostmaster.cluster.local."), 1, 7200, 1800,
            86400, TTL);
    }

    private @Nullable Map<Integer, Set<Record>> sets(Name name) {
        var sets = names.get(name);
        if (sets != null || !name.subdomain(POD) || name.labels() != POD.labels() + 2 || !names.containsKey(new Name(name, 1))) return sets;
        return address(name.getLabelString(0)).map(a -> podRecord(name, a)).orElse(null);
    }

    private static Map<Integer, Set<Record>> podRecord(Name name, InetAddress address) {
        return address instanceof Inet4Address ? Map.of(Type.A, Set.of(new ARecord(name, DClass.IN, TTL, address)))
            : Map.of(Type.AAAA, Set.of(new AAAARecord(name, DClass.IN, TTL, address)));
    }

    /// Read the address out of `10-42-0-5` or `fd00-10-42--5`. Any address is answered, as section 2.6 of the specification wants.
    private static Optional<InetAddress> address(String label) {
        boolean four = label.matches("\\d{1,3}(-\\d{1,3}){3}");
        if (!four && !label.matches("[0-9a-fA-F-]*-[0-9a-fA-F-]*")) return Optional.empty();
        try {
            return four ? Optional.of(Inet4Address.ofLiteral(label.replace('-', '.')))
                : Optional.of(Inet6Address.ofLiteral(label.replace('-', ':'))).filter(Inet6Address.class::isInstance);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private List<Record> additional(List<Record> answer) {
        return answer.stream().filter(SRVRecord.class::isInstance).map(r -> names.getOrDefault(((SRVRecord) r).getTarget(), Map.of()))
            .flatMap(sets -> sets.values().stream()).flatMap(Collection::stream).distinct().toList();
    }
}
