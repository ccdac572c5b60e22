package dev.lockdown.cluster.embedded.dns;

import dev.lockdown.cluster.ServiceEndpoints;
import dev.lockdown.cluster.embedded.controlplane.Snapshot;
import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.xbill.DNS.AAAARecord;
import org.xbill.DNS.ARecord;
import org.xbill.DNS.CNAMERecord;
import org.xbill.DNS.DClass;
import org.xbill.DNS.NSRecord;
import org.xbill.DNS.Name;
import org.xbill.DNS.PTRRecord;
import org.xbill.DNS.Record;
import org.xbill.DNS.ReverseMap;
import org.xbill.DNS.SRVRecord;
import org.xbill.DNS.TXTRecord;
import org.xbill.DNS.TextParseException;

/// Writes the zone of a cluster, record by record.
///
/// A name that DNS cannot express (a label above 63 characters) gets no records: nobody can ask for it either.
///
/// @see <a href="https://github.com/kubernetes/dns/blob/master/docs/specification.md">Kubernetes DNS-Based Service Discovery</a>
final class DnsRecords {
    static final int TTL = 5;
    static final Name CLUSTER = Name.fromConstantString("cluster.local.");
    static final Name SERVER = Name.fromConstantString("ns.dns.cluster.local.");

    private final Map<Name, Map<Integer, Set<Record>>> names = new HashMap<>();
    private final Snapshot snapshot;

    private DnsRecords(Snapshot snapshot) {
        this.snapshot = snapshot;
    }

    static DnsZone zone(Snapshot snapshot) {
        var records = new DnsRecords(snapshot);
        records.apex();
        for (var namespace : snapshot.state().namespaces().keySet()) records.namespace(namespace);
        for (var service : snapshot.state().services().values()) records.service(service);
        for (var host : snapshot.state().hosts().keySet())
            records.in(host + ".", name -> records.addresses(name, snapshot.addresses().of(new Endpoint.Host(host))));
        return new DnsZone(records.names);
    }

    private void apex() {
        add(new NSRecord(CLUSTER, DClass.IN, TTL, SERVER));
        addresses(SERVER, snapshot.addresses().of(new Endpoint.Service(new NamespacedName("kube-system", "kube-dns"))));
        in("dns-version.cluster.local.", name -> add(new TXTRecord(name, DClass.IN, TTL, "1.1.0")));
    }

    private void namespace(String namespace) {
        in(namespace + ".svc.cluster.local.", this::exists);
        in(namespace + ".pod.cluster.local.", this::exists);
    }

    private void service(Service service) {
        var text = "%s.%s.svc.cluster.local.".formatted(service.name().name(), service.name().namespace());
        in(text, name -> {
            switch (service.type()) {
                case CLUSTER_IP, NODE_PORT, LOAD_BALANCER -> virtual(service, name);
                case EXTERNAL_NAME -> in(service.externalName() + ".", target -> add(new CNAMERecord(name, DClass.IN, TTL, target)));
                case HEADLESS -> {
                    ServiceEndpoints.pods(snapshot.state(), service).forEach(pod -> headless(service, name, pod));
                    addresses(name,
                        service.endpoints().stream().map(Service.GivenEndpoint::address).distinct().map(InetAddress::ofLiteral).toList());
                }
            }
        });
    }

    private void virtual(Service service, Name name) {
        var addresses = snapshot.addresses().of(new Endpoint.Service(service.name()));
        addresses(name, addresses);
        pointers(addresses, name);
        for (var port : service.ports()) server(port, name, port.port().number(), name);
    }

    /// The pod's own name is the endpoint's hostname: the specification leaves the choice of it to the implementation.
    private void headless(Service service, Name name, Pod pod) {
        var addresses = snapshot.addresses().of(new Endpoint.Pod(pod.name()));
        if (addresses.isEmpty()) return;
        addresses(name, addresses);
        in(pod.name().name() + "." + name, hostname -> {
            addresses(hostname, addresses);
            pointers(addresses, hostname);
            for (var port : service.ports()) ServiceEndpoints.target(pod, port).ifPresent(n -> server(port, name, n, hostname));
        });
    }

    private void server(Service.ServicePort port, Name service, int number, Name target) {
        if (port.name().isEmpty()) return;
        var protocol = port.port().protocol().name().toLowerCase(Locale.ROOT);
        in("_%s._%s.%s".formatted(port.name(), protocol, service),
            name -> add(new SRVRecord(name, DClass.IN, TTL, 0, 100, number, target)));
    }

    private void pointers(List<InetAddress> addresses, Name target) {
        for (var address : addresses) add(new PTRRecord(ReverseMap.fromAddress(address), DClass.IN, TTL, target));
    }

    private void addresses(Name name, List<InetAddress> addresses) {
        for (var address : addresses)
            add(address instanceof Inet6Address ? new AAAARecord(name, DClass.IN, TTL, address)
                : new ARecord(name, DClass.IN, TTL, address));
    }

    private void add(Record record) {
        exists(record.getName());
        names.getOrDefault(record.getName(), Map.of()).computeIfAbsent(record.getType(), _ -> new LinkedHashSet<>()).add(record);
    }

    private void exists(Name name) {
        for (int up = 0; up < name.labels(); up++)
            if (names.putIfAbsent(up == 0 ? name : new Name(name, up), new TreeMap<>()) != null) return;
    }

    private interface Entry {
        void write(Name name);
    }

    private void in(String text, Entry entry) {
        try {
            entry.write(Name.fromString(text));
        } catch (TextParseException e) {
            // No question can carry this name.
        }
    }
}
