package dev.lockdown.spec;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.spec.words.AddressList;
import dev.lockdown.spec.words.StepTable;
import dev.lockdown.state.Change;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.DnsCache;
import dev.lockdown.state.ExternalHost;
import dev.lockdown.state.InputException;
import dev.lockdown.state.Namespace;
import dev.lockdown.state.Pod;
import dev.lockdown.state.Service.TrafficPolicy;
import dev.lockdown.state.Service;
import io.cucumber.datatable.DataTable;
import io.cucumber.java.en.Given;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The Given steps: namespaces, pods, Services and hosts outside, all there before the first policy.
public final class SetupSteps {
    /// Stands for a name that is wrong, in a row that is left out.
    private static final NamespacedName NOBODY = new NamespacedName("nobody", "nobody");

    private final ScenarioContext context;

    public SetupSteps(ScenarioContext context) {
        this.context = context;
    }

    @Example(value = """
        the namespaces
          | namespace | labels   |
          | shop      | team=web |""", does = "Declares namespaces with labels; one that only pods name needs no row.")
    @Given("the namespaces")
    public void namespaces(DataTable table) {
        StepTable.of(table, List.of("namespace"), List.of("labels")).forEach(row -> {
            var namespace = new Namespace(row.need("namespace", text -> text, "?"), row.read("labels", StepTable::labels, Map.of()));
            if (row.isWrong()) return;
            if (context.begun())
                context.apply(List.of(new Change.ApplyNamespace(namespace)), List.of());
            else
                context.cast().namespace(namespace);
        });
    }

    @Example(value = """
        the pods
          | pod      | labels  | serves             | node   | starts |
          | shop/web | app=web | TCP/8080           | node-1 |        |
          | shop/api | app=api | http=TCP/80,UDP/53 |        | later  |""", does = """
        Declares pods: labels, the ports they serve (with a name if a policy or Service uses it), the node they run on, and `later` \
        for one that a step starts.""")
    @Given("the pods")
    public void pods(DataTable table) {
        var added = new ArrayList<Change>();
        var rows = StepTable.of(table, List.of("pod"), List.of("labels", "serves", "node", "starts", "network"));
        rows.forEach(row -> {
            var pod = new Pod(row.need("pod", SetupSteps::name, NOBODY), row.read("labels", StepTable::labels, Map.of()),
                row.read("serves", StepTable::ports, List.of()), row.text("node"), row.read("network", SetupSteps::hostNetwork, false));
            boolean later = row.read("starts", SetupSteps::later, false);
            if (row.isWrong()) return;
            if (later) context.cast().waitingPod(pod);
            else if (context.begun()) added.add(new Change.StartPod(pod));
            else context.cast().pod(pod);
        });
        if (!added.isEmpty()) context.apply(added, List.of());
    }

    private static boolean later(String starts) {
        return switch (starts) {
            case "", "now" -> false;
            case "later" -> true;
            default -> throw new InputException("starts is \"%s\"; expected now or later".formatted(starts));
        };
    }

    private static boolean hostNetwork(String network) {
        return switch (network) {
            case "", "pod" -> false;
            case "host" -> true;
            default -> throw new InputException("network is \"%s\"; expected pod or host".formatted(network));
        };
    }

    @Example(value = """
        the services
          | service  | selects | serves        |
          | shop/api | app=api | TCP/80 -> 8080 |""",
        does = """
        Declares Services: the labels of their pods, the ports and, behind an arrow, the target port by number or name; type is \
        ClusterIP, NodePort (with the port of the nodes behind `at`), LoadBalancer or headless; externalTrafficPolicy is Cluster or Local.""")
    @Given("the services")
    public void services(DataTable table) {
        StepTable.of(table, List.of("service", "selects", "serves"), List.of("type", "externalTrafficPolicy", "labels")).forEach(row -> {
            var service = new Service(row.need("service", SetupSteps::name, NOBODY), row.read("labels", StepTable::labels, Map.of()),
                row.need("selects", StepTable::labels, Map.of()), row.need("serves", SetupSteps::servicePorts, List.of()),
                row.read("type", SetupSteps::type, Service.Type.CLUSTER_IP))
                .withOutside(
                    new Service.Outside(row.read("externalTrafficPolicy", SetupSteps::trafficPolicy, TrafficPolicy.CLUSTER), false));
            if (row.isWrong()) return;
            if (!service.type().hasNodePorts() && service.outside().isLocal())
                throw new InputException(
                    "%s has an externalTrafficPolicy, and nothing outside comes to it; say NodePort or LoadBalancer in the column type"
                        .formatted(service.name()));
            if (!service.type().hasNodePorts() && service.ports().stream().anyMatch(p -> p.nodePort() != 0))
                throw new InputException(
                    "%s has a node port but is no NodePort and no LoadBalancer; say so in the column type".formatted(service.name()));
            add(new Change.ApplyService(service));
        });
    }

    private static List<Service.ServicePort> servicePorts(String text) {
        var ports = new ArrayList<Service.ServicePort>();
        for (var part : text.split(",")) {
            var at = part.split(" at ", -1);
            var sides = at[0].split("->", -1);
            var port = StepTable.ports(sides[0].strip()).stream().findFirst()
                .orElseThrow(() -> new InputException("\"%s\" is not a Service port; expected TCP/80 or TCP/80 -> 8080".formatted(text)));
            ports.add(new Service.ServicePort(port.name(), port.port(), target(port, sides.length > 1 ? sides[1].strip() : ""),
                at.length > 1 ? nodePort(at[1].strip()) : 0));
        }
        return ports;
    }

    private static int nodePort(String text) {
        if (text.matches("[0-9]{1,5}")) return new Port(Protocol.TCP, Integer.parseInt(text)).number();
        throw new InputException("\"at %s\" is no node port; expected one such as TCP/80 -> 8080 at 30080".formatted(text));
    }

    private static Service.TargetPort target(ContainerPort port, String target) {
        if (target.isEmpty()) return new Service.TargetPort.Number(port.port().number());
        return target.matches("[0-9]+") ? new Service.TargetPort.Number(new Port(port.port().protocol(), Integer.parseInt(target)).number())
            : new Service.TargetPort.Name(target);
    }

    private static Service.Type type(String text) {
        return switch (text) {
            case "", "ClusterIP" -> Service.Type.CLUSTER_IP;
            case "NodePort" -> Service.Type.NODE_PORT;
            case "LoadBalancer" -> Service.Type.LOAD_BALANCER;
            case "headless" -> Service.Type.HEADLESS;
            case "ExternalName" ->
                throw new InputException(
                    "an ExternalName Service has no pods and no ports; it is given by manifests, with its externalName");
            default -> throw new InputException("type is \"%s\"; expected ClusterIP, NodePort, LoadBalancer or headless".formatted(text));
        };
    }

    private static TrafficPolicy trafficPolicy(String text) {
        return switch (text) {
            case "", "Cluster" -> TrafficPolicy.CLUSTER;
            case "Local" -> TrafficPolicy.LOCAL;
            default -> throw new InputException("externalTrafficPolicy is \"%s\"; expected Cluster or Local".formatted(text));
        };
    }

    @Example(value = """
        the external hosts
          | host            | serves  | addresses   |
          | partner.example | TCP/443 | 203.0.113.7 |""",
        does = "Declares machines outside the cluster by DNS name; they are ours and never the real ones.")
    @Given("the external hosts")
    public void hosts(DataTable table) {
        StepTable.of(table, List.of("host", "serves"), List.of("addresses")).forEach(row -> {
            var ports = row.need("serves", StepTable::ports, List.<ContainerPort>of()).stream().map(ContainerPort::port).toList();
            var host = new ExternalHost(row.need("host", text -> text, "?"), ports, row.read("addresses", AddressList::parse, List.of()));
            if (!row.isWrong()) add(new Change.AddHost(host));
        });
    }

    @Example(value = "the nodes have a DNS cache at 169.254.20.10", does = """
        Has pods ask this address for names instead of the Service kube-dns, as NodeLocal DNSCache does; policies know it by an ipBlock \
        alone. A cluster of your own must have one there.""")
    @Given("the nodes have a DNS cache at {word}")
    public void dnsCache(String address) {
        var addresses = AddressList.parse(address);
        if (addresses.size() != 1) throw new InputException("\"%s\" is no address; expected one such as 169.254.20.10".formatted(address));
        add(new Change.AddHost(DnsCache.at(addresses.getFirst())));
    }

    @Example(value = "the manifests in \"fixtures/apps/shop\"", does = """
        Reads namespaces, pods, workloads and Services from a file or folder, as the feature's path or the working folder says; \
        policies among them are applied after the baseline.""")
    @Given("the manifests in {string}")
    public void manifests(String file) {
        var manifest =
            Reviewed.of(Manifests.read(ReferencedFiles.find(file, CurrentStep.current().file()), "default").onNodes(context.nodes()));
        var policies = new ArrayList<Change>();
        for (var change : manifest.changes()) {
            switch (change) {
                case Change.ApplyPolicy p -> policies.add(p);
                case Change.ApplyNamespace(var n) when !context.begun() -> context.cast().namespace(n);
                case Change.StartPod(var pod) when !context.begun() -> context.cast().pod(pod);
                default -> add(change);
            }
        }
        context.policiesOfCast(policies, manifest.writtenPolicies());
    }

    private void add(Change change) {
        if (context.begun()) context.apply(List.of(change), List.of());
        else context.cast().other(change);
    }

    private static NamespacedName name(String text) {
        try {
            return NamespacedName.parse(text);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage() + "; expected one such as shop/web");
        }
    }

    static Path path(String file) {
        return ReferencedFiles.find(file, CurrentStep.current().file());
    }
}
