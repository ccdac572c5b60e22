package dev.lockdown.need;

import dev.lockdown.flow.Port;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Scalars;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.manifest.yaml.Yaml;
import dev.lockdown.state.Addresses;
import dev.lockdown.state.Cidr;
import dev.lockdown.state.ExternalHost;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/// Reads what people declare where nothing can be inferred: objects `Needs` of `lockdown.dev/v1`, mostly in a file lockdown.yaml, and the
/// annotations `lockdown.dev/needs` and `lockdown.dev/ignores` of workloads.
///
/// ```yaml
/// apiVersion: lockdown.dev/v1
/// kind: Needs
/// metadata: {name: store, namespace: store}
/// spec:
///   needs:
///   - {from: orders, to: "host:fraud.example", port: TCP/443, explains: "env[FRAUD_API_URL]", reason: a Secret has its address}
///   - {from: 203.0.113.0/24, to: "service:web", port: TCP/80, reason: the load balancer}
///   ignore:
///   - {from: web, to: "host:telemetry.example", reason: switched off in production}
///   hosts:
///   - {name: fraud.example, addresses: [198.51.100.7]}
///   platform: {ingress: ingress-nginx, prometheus: monitoring, apiServer: "10.0.0.10:6443", nodes: [10.0.0.0/24]}
/// ```
final class DeclaredReader {
    static final String GROUP = "lockdown.dev";
    private static final String NEEDS = "lockdown.dev/needs";
    private static final String IGNORES = "lockdown.dev/ignores";

    private final DeclaredParties parties;
    private final Collected collected;
    private final List<ManifestException> mistakes = new ArrayList<>();
    private final List<ExternalHost> hosts = new ArrayList<>();
    private PlatformAddresses platform = PlatformAddresses.UNKNOWN;

    DeclaredReader(DeclaredParties parties, Collected collected) {
        this.parties = parties;
        this.collected = collected;
    }

    /// Where the platform's own run, of all objects.
    static Map<Party.Role, String> platform(List<WrittenObject> objects) {
        var places = new EnumMap<Party.Role, String>(Party.Role.class);
        for (var object : objects)
            if (object.is(GROUP, "Needs")) WrittenObject.mapping(object.root(), "spec", "platform").ifPresent(p -> {
                for (var role : Party.Role.values()) WrittenObject.text(p, role.word()).ifPresent(n -> places.put(role, n));
            });
        return places;
    }

    /// The hosts outside of which somebody gives the addresses, of all objects.
    static Set<String> hosts(List<WrittenObject> objects) {
        var names = new TreeSet<String>();
        for (var object : objects)
            if (object.is(GROUP, "Needs"))
                WrittenObject.mapping(object.root(), "spec")
                    .ifPresent(s -> WrittenObject.mappings(s, "hosts").forEach(h -> WrittenObject.text(h, "name").ifPresent(names::add)));
        return names;
    }

    /// @throws ManifestException for all that is wrong, together
    void read(List<WrittenObject> objects, List<Template> templates) {
        for (var object : objects) if (object.is(GROUP, "Needs")) orKeep(() -> object(object));
        for (var template : templates) {
            annotation(template, NEEDS, true);
            annotation(template, IGNORES, false);
        }
        if (!mistakes.isEmpty()) throw ManifestException.ofAll(mistakes);
    }

    List<ExternalHost> hosts() {
        return hosts;
    }

    PlatformAddresses platform() {
        return platform;
    }

    private void orKeep(Runnable reading) {
        try {
            reading.run();
        } catch (ManifestException e) {
            mistakes.add(e);
        }
    }

    private void object(WrittenObject object) {
        var root = new Fields(object.root().node(), "Needs").only("apiVersion", "kind", "metadata", "spec");
        var spec = root.need("spec", "spec: {needs: [{from: web, to: service:api, port: TCP/8080}]}").fields();
        orKeep(() -> spec.only("needs", "ignore", "hosts", "platform"));
        for (var need : spec.items("needs")) orKeep(() -> need(need.fields(), object.name().namespace()));
        for (var host : spec.items("hosts")) orKeep(() -> host(host.fields()));
        spec.find("platform").ifPresent(p -> orKeep(() -> platform(p.fields())));
        for (var ignored : spec.items("ignore")) orKeep(() -> ignore(ignored.fields(), object.name().namespace()));
    }

    private void platform(Fields written) {
        written.only("ingress", "prometheus", "apiServer", "nodes");
        Addresses.ApiServer api = null;
        if (written.get("apiServer") instanceof Value value) api = parsed(() -> PlatformAddresses.apiServer(value.text()), value.at());
        var nodes = new ArrayList<Cidr>();
        for (var value : written.items("nodes")) nodes.add(parsed(() -> Cidr.parse(value.text()), value.at()));
        platform = platform.or(new PlatformAddresses(api, nodes));
    }

    private void need(Fields need, String namespace) {
        need.only("from", "to", "port", "reason", "explains");
        var from = parties.sources(need.need("from", "from: web"), namespace);
        var to = parties.destinations(need.need("to", "to: service:api"), namespace);
        var port = port(need.need("port", "port: TCP/8080"));
        var because = Because.of(need.at(), "Needs.needs[]");
        need.find("explains").ifPresent(e -> collected.explain(from, e.text()));
        for (var source : from) for (var destination : to) add(source, destination, port, because);
    }

    private void add(Party from, Party to, Port port, Because because) {
        var purpose = switch (to) {
            case Party.Api _ -> Purpose.API;
            case Party.Dns _ -> Purpose.DNS;
            case Party.Host _ -> Purpose.EXTERNAL;
            case Party.Service _, Party.Workload _, Party.Node _, Party.Platform _, Party.Block _ -> switch (from) {
                case Party.Node _ -> Purpose.PROBE;
                case Party.Platform(var role, _) -> role == Party.Role.INGRESS ? Purpose.INGRESS : Purpose.METRICS_SCRAPE;
                case Party.Block _ -> Purpose.OUTSIDE;
                case Party.Workload _, Party.Service _, Party.Api _, Party.Dns _, Party.Host _ -> Purpose.APPLICATION;
            };
        };
        collected.need(from, to, port, purpose, because);
        if (to instanceof Party.Workload workload) parties.pods(workload).forEach(p -> collected.listens(p, port));
    }

    private void ignore(Fields ignored, String namespace) {
        ignored.only("from", "to", "port", "reason", "explains");
        var from = ignored.find("from").map(f -> parties.sources(f, namespace));
        var to = ignored.find("to").map(t -> parties.destinations(t, namespace));
        var port = ignored.find("port").map(DeclaredReader::port);
        if (ignored.get("explains") instanceof Value field) {
            collected.explain(from.orElse(List.of()), field.text());
            if (to.isEmpty() && port.isEmpty()) return;
        }
        if (from.isEmpty() && to.isEmpty() && port.isEmpty())
            throw ManifestException.at(ignored.at(), "this entry of ignore would ignore every need", "name from, to or port");
        collected.ignore(n -> from.map(f -> f.contains(n.from())).orElse(true) && to.map(t -> t.contains(n.to())).orElse(true)
            && port.map(n.port()::equals).orElse(true));
    }

    private void host(Fields host) {
        host.only("name", "addresses");
        var name = host.need("name", "name: partner.example").text();
        var addresses = host.need("addresses", "addresses: [203.0.113.7]").items().stream().map(DeclaredReader::address).toList();
        hosts.add(new ExternalHost(name, List.of(), addresses));
    }

    private static String address(Value value) {
        var text = value.text();
        return parsed(() -> InetAddress.ofLiteral(text).getHostAddress(), value.at(), "\"%s\" is no address".formatted(text),
            "expected an IPv4 or IPv6 literal such as 203.0.113.7");
    }

    private static Port port(Value value) {
        return parsed(() -> Port.parse(value.text()), value.at(), "\"%s\" is no port".formatted(value.text()), "expected TCP/8080");
    }

    private static <T> T parsed(Supplier<T> parse, Position at) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            throw ManifestException.at(at, String.valueOf(e.getMessage()), "").causedBy(e);
        }
    }

    private static <T> T parsed(Supplier<T> parse, Position at, String problem, String advice) {
        try {
            return parse.get();
        } catch (IllegalArgumentException e) {
            throw ManifestException.at(at, problem, advice).causedBy(e);
        }
    }

    /// `service:search TCP/9200; host:api.example TCP/443`; of those that are ignored the port may be left out.
    private void annotation(Template template, String key, boolean needed) {
        if (!(template.annotations().get(key) instanceof String written)) return;
        var text = AddressText.withoutUser(written);
        var at = place(template, key);
        var because = Because.of(at, "metadata.annotations[%s]".formatted(key));
        for (var entry : text.split("[;\n]")) {
            if (entry.isBlank()) continue;
            var words = entry.strip().split("\\s+");
            var where = new Value(new Yaml.Scalar(words[0], Scalars.Kind.STRING, new Yaml.Span(at, 0, 0)), key);
            orKeep(() -> {
                if (words.length > 2 || needed && words.length < 2)
                    throw ManifestException.at(at, "\"%s\" in %s is not of the form DESTINATION PORT".formatted(entry.strip(), key),
                        "expected service:search TCP/9200; host:api.example TCP/443");
                var to = parties.destinations(where, template.namespace());
                var port = words.length
                    == 2 ? Optional.of(parsed(() -> Port.parse(words[1]), at, "\"%s\" in %s is no port".formatted(words[1], key),
                        "expected TCP/8080")) : Optional.<Port>empty();
                if (needed) to.forEach(t -> add(template.party(), t, port.orElseThrow(), because));
                else
                    collected
                        .ignore(n -> n.from().equals(template.party()) && to.contains(n.to()) && port.map(n.port()::equals).orElse(true));
            });
        }
    }

    private static Position place(Template template, String key) {
        return template.metadata().flatMap(m -> WrittenObject.mapping(m, "annotations")).map(a -> a.at(key)).orElse(template.object().at());
    }
}
