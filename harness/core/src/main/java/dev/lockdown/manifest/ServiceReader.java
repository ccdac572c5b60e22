package dev.lockdown.manifest;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.manifest.Note.Grade;
import dev.lockdown.manifest.yaml.FieldProblems;
import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Labels;
import dev.lockdown.manifest.yaml.Protocols;
import dev.lockdown.manifest.yaml.Quote;
import dev.lockdown.manifest.yaml.Syntax;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.manifest.yaml.Yaml;
import dev.lockdown.state.Service.Outside;
import dev.lockdown.state.Service.ServicePort;
import dev.lockdown.state.Service.TargetPort;
import dev.lockdown.state.Service.TrafficPolicy;
import dev.lockdown.state.Service.Type;
import dev.lockdown.state.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Reads a Service.
final class ServiceReader {
    private static final List<String> READ = List.of("type", "clusterIP", "selector", "ports", "externalName", "externalTrafficPolicy",
        "internalTrafficPolicy", "loadBalancerSourceRanges");
    private static final List<String> TYPES = List.of("ClusterIP", "NodePort", "LoadBalancer", "ExternalName");

    private final NamespacedName name;
    private final ManifestNotes notes;

    ServiceReader(NamespacedName name, ManifestNotes notes) {
        this.name = name;
        this.notes = notes;
    }

    Service read(Fields root, Metadata metadata) {
        var spec = root.need("spec", "spec: {selector: {app: api}, ports: [{port: 80}]}").fields().mostly(READ, "clusterIPs");
        var word = spec.find("type").map(Value::text).orElse("ClusterIP");
        if (!TYPES.contains(word)) throw FieldProblems.notAmong(spec.need("type", "type: ClusterIP"), word, TYPES, null);
        if (word.equals("ExternalName")) return Service.alias(name, metadata.labels(), ports(spec, Type.EXTERNAL_NAME), externalName(spec));
        var type = type(spec, word);
        if (spec.find("internalTrafficPolicy").map(Value::text).orElse("Cluster").equals("Local"))
            notKept(spec, "internalTrafficPolicy", "its pods are reached from every node");
        if (!spec.items("loadBalancerSourceRanges").isEmpty())
            notKept(spec, "loadBalancerSourceRanges", "its load balancer lets everybody in");
        var service = new Service(name, metadata.labels(), Labels.read(spec.get("selector")), ports(spec, type), type)
            .withOutside(new Outside(trafficPolicy(spec, type), false));
        if (service.ports().isEmpty() && type != Type.HEADLESS) throw ObjectProblems.serviceWithoutPorts(spec);
        return service;
    }

    private void notKept(Fields spec, String field, String so) {
        notes.alike("the %s of %%s Services are not kept: %s".formatted(field, so), new Note(Grade.NOTE, "Service", name.toString(),
            spec.at(field), "%s of Service %s is not kept: %s".formatted(field, name, so)));
    }

    private static String externalName(Fields spec) {
        return spec.need("externalName", "externalName: db.example").text();
    }

    private Type type(Fields spec, String word) {
        var address = spec.find("clusterIP").map(Value::text).orElse("");
        if (address.equals("None")) {
            if (!word.equals("ClusterIP")) throw ObjectProblems.headlessOfType(spec, word);
            return Type.HEADLESS;
        }
        if (!address.isEmpty())
            notes.alike("the clusterIPs of %s Services are not kept: the cluster gives them others",
                new Note(Grade.NOTE, "Service", name.toString(), spec.at("clusterIP"),
                    "clusterIP %s of Service %s is not kept: the cluster gives it one of its own".formatted(Quote.of(address), name)));
        return switch (word) {
            case "LoadBalancer" -> Type.LOAD_BALANCER;
            case "NodePort" -> Type.NODE_PORT;
            default -> Type.CLUSTER_IP;
        };
    }

    private static TrafficPolicy trafficPolicy(Fields spec, Type type) {
        var given = spec.get("externalTrafficPolicy");
        if (given == null) return TrafficPolicy.CLUSTER;
        if (!type.hasNodePorts()) throw ObjectProblems.trafficPolicyOfOtherType(given);
        for (var policy : TrafficPolicy.values()) if (policy.word().equals(given.text())) return policy;
        throw FieldProblems.notAmong(given, given.text(), Stream.of(TrafficPolicy.values()).map(TrafficPolicy::word).toList(), null);
    }

    private static List<ServicePort> ports(Fields spec, Type type) {
        var ports = new ArrayList<ServicePort>();
        var values = spec.items("ports");
        for (var value : values) {
            var port = port(value.fields().only("name", "protocol", "appProtocol", "port", "targetPort", "nodePort"), type);
            if (port.name().isEmpty() && values.size() > 1) throw ObjectProblems.servicePortWithoutName(value);
            if (ports.stream().anyMatch(p -> p.name().equals(port.name())))
                throw ObjectProblems.servicePortTwice(value, "name " + port.name());
            if (ports.stream().anyMatch(p -> p.port().equals(port.port())))
                throw ObjectProblems.servicePortTwice(value, port.port().toString());
            ports.add(port);
        }
        return ports;
    }

    private static ServicePort port(Fields fields, Type type) {
        int number = fields.need("port", "port: 80").portNumber();
        var target = fields.get("targetPort");
        var nodePort = fields.get("nodePort");
        if (nodePort != null && !type.hasNodePorts()) throw ObjectProblems.nodePortOfOtherType(nodePort);
        return new ServicePort(fields.find("name").map(n -> n.text(Syntax.LABEL)).orElse(""), new Port(Protocols.of(fields), number),
            target == null || isDefaulted(target) ? new TargetPort.Number(number) : target(target),
            nodePort == null ? 0 : nodePort.portNumber());
    }

    /// The API takes a zero and an empty text for a field that nobody wrote.
    private static boolean isDefaulted(Value value) {
        return value.node() instanceof Yaml.Scalar scalar && (scalar.value().isEmpty() || !value.isString() && scalar.value().equals("0"));
    }

    private static TargetPort target(Value value) {
        return value.isString() ? new TargetPort.Name(PortNames.read(value)) : new TargetPort.Number(value.portNumber());
    }
}
