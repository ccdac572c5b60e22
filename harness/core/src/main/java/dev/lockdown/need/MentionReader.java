package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.state.Service;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.Type;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/// Reads what the settings of a workload name, and makes needs of it.
final class MentionReader {
    private static final Pattern METRICS =
        Pattern.compile("prometheus|pushgateway|victoria-?metrics|vmagent|vminsert|mimir|statsd|telegraf|graphite|otel|opentelemetry");
    /// Within so many lines of a file a port belongs to a host.
    private static final int NEARBY = 12;

    private final Names names;
    private final Operators operators;
    private final Collected collected;

    MentionReader(Names names, Operators operators, Collected collected) {
        this.names = names;
        this.operators = operators;
        this.collected = collected;
    }

    /// @param settings that belong together, in their order
    void read(Template from, List<Setting> settings) {
        for (int i = 0; i < settings.size(); i++) {
            var setting = settings.get(i);
            if (setting.isOwn()) continue;
            for (var mention : AddressText.mentions(setting.value(), setting.namesAnAddress(), setting.form()))
                read(from, mention, setting, settings, i);
        }
    }

    private void read(Template from, Mention mention, Setting setting, List<Setting> beside, int index) {
        switch (names.lookUp(mention, from.namespace())) {
            case Target.OfService(var service) -> {
                var numbered = numbered(mention, setting, beside, index);
                var several = numbered.number().isEmpty() ? ports(service, setting, beside) : List.<Numbered>of();
                for (var each : several.isEmpty() ? List.of(numbered) : several) service(from, service, each, setting.because());
            }
            case Target.OfPod(var template, var pod) ->
                pods(from, template, pod.toString(), numbered(mention, setting, beside, index).number(), setting.because());
            case Target.Api _ -> {
                collected.need(from.party(), new Party.Api(), new Port(Protocol.TCP, 443), Purpose.API, setting.because());
                needDns(from, setting.because());
            }
            case Target.Dns _ -> needDns(from, setting.because());
            case Target.Outside(var host) -> outside(from, host, numbered(mention, setting, beside, index), mention, setting.because());
            case Target.Missing(var service, var known, var sure) -> {
                if (operators.behind(service).orElse(null) instanceof Template template) {
                    operated(from, template, service, numbered(mention, setting, beside, index).number(), setting.because());
                    return;
                }
                needDns(from, setting.because());
                if (operators.maker(service).orElse(null) instanceof WrittenObject maker) {
                    collected.unproven(from.party(), Operators.maySay(service, maker), Operators.remedy(service), setting.because());
                    return;
                }
                collected.dangling(from.party(), "there is no Service %s in namespace %s%s".formatted(service.name(), service.namespace(),
                    known ? "" : ", which is not among the manifests"),
                    (known ? "add the Service, or mend the name" : "give the manifests of that namespace, too")
                        + (sure ? "" : "; a host outside the cluster is declared in lockdown.yaml"),
                    setting.because());
            }
            case Target.Nothing _ -> {}
        }
    }

    private void operated(Template from, Template to, NamespacedName service, OptionalInt named, Because because) {
        int usual = OperatedKinds.of(to.object()).map(OperatedKinds.Made::dialled).orElse(0);
        var number = named.isEmpty() && usual > 0 ? OptionalInt.of(usual) : named;
        var known = to.pods().getFirst().ports();
        if (number.isEmpty() || known.stream().anyMatch(p -> p.port().number() == number.getAsInt())) {
            pods(from, to, "Service " + service, number, because);
            return;
        }
        needDns(from, because);
        collected.unproven(from.party(), Operators.portSay(service, to, String.valueOf(number.getAsInt())),
            "mend the port, or declare the need",
            because);
    }

    /// @param what was named
    /// @param named the port, empty where nobody says
    private void pods(Template from, Template to, String what, OptionalInt named, Because because) {
        boolean own = to.party().equals(from.party());
        if (own && !hasPeers(to)) return;
        needDns(from, because);
        var number = named.isPresent() ? named : onlyPort(to);
        if (number.isEmpty()) {
            portless(from, to.party(), what, because);
            return;
        }
        var port = new Port(Protocol.TCP, number.getAsInt());
        to.pods().forEach(p -> collected.listens(p.name(), port));
        collected.need(from.party(), to.party(), port, own ? Purpose.PEERS : purpose(to.party().name().name()), because);
    }

    /// @param number empty where nobody says
    /// @param scheme empty where there is none
    private record Numbered(OptionalInt number, String scheme) {}

    private static Numbered numbered(Mention mention, Setting setting, List<Setting> beside, int index) {
        if (mention.port() > 0) return new Numbered(OptionalInt.of(mention.port()), mention.scheme());
        var companion = companion(setting, beside, index);
        if (companion.isPresent()) return new Numbered(companion, mention.scheme());
        int usual = Schemes.port(mention.scheme());
        return new Numbered(usual > 0 ? OptionalInt.of(usual) : OptionalInt.empty(), mention.scheme());
    }

    /// The port under the key that belongs to the host's, the nearest of several.
    private static OptionalInt companion(Setting setting, List<Setting> beside, int index) {
        for (int away = 1; away < Math.max(beside.size(), NEARBY); away++)
            for (int other : new int[] {index + away, index - away})
                if (other >= 0 && other < beside.size() && beside.get(other).isPortOf(setting)
                    && (setting.indent() == Setting.NO_FILE
                        || away <= NEARBY && isOneBlock(beside, Math.min(index, other), Math.max(index, other), setting)))
                    return number(beside.get(other).value());
        return OptionalInt.empty();
    }

    /// Several ports that belong to one address, those of them that the Service has.
    private static List<Numbered> ports(Service service, Setting setting, List<Setting> beside) {
        if (setting.indent() != Setting.NO_FILE) return List.of();
        return beside.stream().filter(s -> s.isOneOfThePortsOf(setting)).map(s -> number(s.value()))
            .filter(n -> n.isPresent() && service.ports().stream().anyMatch(p -> p.port().number() == n.getAsInt()))
            .map(n -> new Numbered(n, "")).distinct().toList();
    }

    private static boolean isOneBlock(List<Setting> settings, int first, int last, Setting setting) {
        return settings.subList(first, last + 1).stream().allMatch(s -> s.indent() >= setting.indent());
    }

    private static OptionalInt number(String text) {
        int number = Integer.parseInt(text.strip());
        return number > 0 && number < 65536 ? OptionalInt.of(number) : OptionalInt.empty();
    }

    private static OptionalInt onlyPort(Template template) {
        var ports = template.pods().getFirst().ports();
        return ports.size() == 1 ? OptionalInt.of(ports.getFirst().port().number()) : OptionalInt.empty();
    }

    private void service(Template from, Service service, Numbered numbered, Because because) {
        boolean own = !service.selector().isEmpty() && service.name().namespace().equals(from.namespace())
            && from.pods().stream().allMatch(p -> p.labels().entrySet().containsAll(service.selector().entrySet()));
        // An application that knows its own name tells it to others; peers of a StatefulSet find each other by it.
        if (own && !hasPeers(from)) return;
        needDns(from, because);
        var port = port(service, numbered);
        if (port.isEmpty() && numbered.number().isEmpty())
            portless(from, new Party.Service(service.name()), "Service " + service.name(), because);
        else
            if (port.isEmpty())
                collected.dangling(from.party(),
                    "Service %s has no port %s; it has %s".formatted(service.name(), numbered.number().getAsInt(),
                        String.join(", ", service.ports().stream().map(p -> p.port().toString()).toList())),
                    "mend the port", because);
            else
                collected.need(from.party(), new Party.Service(service.name()), port.get(),
                    own ? Purpose.PEERS : purpose(service.name().name()),
                    because);
    }

    private static boolean hasPeers(Template template) {
        return template.party().kind().equals("StatefulSet") && template.pods().size() > 1;
    }

    private static Optional<Port> port(Service service, Numbered numbered) {
        var offered = service.ports();
        if (numbered.number().isEmpty()) {
            if (offered.size() == 1) return Optional.of(offered.getFirst().port());
            return offered.stream().filter(p -> !numbered.scheme.isEmpty() && p.name().equals(numbered.scheme.replaceFirst("^srv\\+", "")))
                .map(ServicePort::port)
                .findFirst();
        }
        int number = numbered.number().getAsInt();
        var exact = offered.stream().map(ServicePort::port).filter(p -> p.number() == number).sorted().findFirst();
        // Without an address of its own a Service leads straight to its pods, on any port of theirs.
        if (exact.isEmpty() && service.type() == Type.HEADLESS) return Optional.of(new Port(Protocol.TCP, number));
        return exact;
    }

    private void outside(Template from, String host, Numbered numbered, Mention mention, Because because) {
        if (!mention.isAddress()) needDns(from, because);
        if (numbered.number().isEmpty()) {
            portless(from, new Party.Host(host), "the host " + host, because);
            return;
        }
        var protocol = mention.scheme().equals("udp") ? Protocol.UDP : Protocol.TCP;
        collected.need(from.party(), new Party.Host(host), new Port(protocol, numbered.number().getAsInt()),
            METRICS.matcher(host).find() ? Purpose.METRICS_PUSH : Purpose.EXTERNAL, because);
    }

    private void portless(Template from, Party to, String what, Because because) {
        collected.portless(from.party(), to, what, because);
    }

    private static Purpose purpose(String name) {
        return METRICS.matcher(name).find() ? Purpose.METRICS_PUSH : Purpose.APPLICATION;
    }

    /// Whoever names anything asks the cluster's DNS, unless it uses its node's.
    void needDns(Template from, Because because) {
        var policy = WrittenObject.text(from.spec(), "dnsPolicy").orElse("ClusterFirst");
        boolean host = WrittenObject.text(from.spec(), "hostNetwork").filter("true"::equals).isPresent();
        if (policy.equals("None") || policy.equals("Default") || host && !policy.equals("ClusterFirstWithHostNet")) return;
        for (var protocol : List.of(Protocol.UDP, Protocol.TCP))
            collected.need(from.party(), new Party.Dns(), new Port(protocol, 53), Purpose.DNS, because);
    }
}
