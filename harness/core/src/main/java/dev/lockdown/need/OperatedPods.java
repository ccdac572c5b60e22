package dev.lockdown.need;

import dev.lockdown.flow.NamespacedName;
import dev.lockdown.flow.Port;
import dev.lockdown.flow.Protocol;
import dev.lockdown.manifest.Resource;
import dev.lockdown.state.ContainerPort;
import dev.lockdown.state.Pod;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The pods that operators make of their own kinds. They have no template, and their labels and ports are documented ([OperatedKinds]).
final class OperatedPods {
    private OperatedPods() {}

    /// @param resources among which may be the pods themselves, as in a dump
    static List<Template> of(List<WrittenObject> objects, List<Resource> resources) {
        return objects.stream().flatMap(o -> OperatedKinds.of(o).flatMap(m -> template(o, m, resources)).stream()).toList();
    }

    private static Optional<Template> template(WrittenObject object, OperatedKinds.Made made, List<Resource> resources) {
        var namespace = object.name().namespace();
        for (var resource : resources)
            if (resource instanceof Resource.OfPod(var pod, _, _, _) && pod.name().namespace().equals(namespace)
                && pod.labels().entrySet().containsAll(made.labels().entrySet())) return Optional.empty();
        var ports = new ArrayList<ContainerPort>();
        made.ports().forEach((name, number) -> ports.add(new ContainerPort(new Port(Protocol.TCP, number), name)));
        if (object.kind().equals("Alertmanager")) ports.add(new ContainerPort(new Port(Protocol.UDP, 9094), "mesh-udp"));
        var pod = new Pod(new NamespacedName(namespace, made.pod()), made.labels(), ports, "", false);
        return WrittenObject.mapping(object.root(), "spec")
            .map(s -> new Template(new Party.Workload(object.kind(), object.name()), object, s, Optional.empty(), List.of(pod)));
    }

    /// Their Services, which no manifest has.
    static Map<NamespacedName, Template> services(List<Template> operated) {
        var services = new HashMap<NamespacedName, Template>();
        for (var template : operated)
            OperatedKinds.of(template.object())
                .ifPresent(m -> m.services().forEach(s -> services.put(new NamespacedName(template.namespace(), s), template)));
        return services;
    }

    /// What they dial by their own fields: a Prometheus its alertmanagers, and where it writes and reads from afar, a Kibana its Elasticsearch, and
    /// what of Strimzi is no broker the brokers.
    static void read(Template template, MentionReader mentions, Backends backends, Collected collected) {
        WrittenObject.mapping(template.spec(), "elasticsearchRef").ifPresent(r -> WrittenObject.text(r, "name")
            .ifPresent(n -> mentions.read(template, List.of(new Setting("url", "https://%s-es-http.%s.svc:9200".formatted(n,
                WrittenObject.text(r, "namespace").orElse(template.namespace())), Because.of(r.at(), "elasticsearchRef"),
                Setting.NO_FILE)))));
        WrittenObject.text(template.spec(), "bootstrapServers")
            .ifPresent(b -> mentions.read(template, List.of(new Setting("bootstrapServers", b,
                Because.of(template.spec().at("bootstrapServers"), "bootstrapServers"), Setting.NO_FILE))));
        if (!template.object().group().equals("monitoring.coreos.com")) {
            collected.unproven(template.party(),
                "an operator makes its pods; what they dial among themselves, and what the operator dials, is in no manifest, and a lockdown shuts it off",
                "allow what the operator's manual names, and declare it in lockdown.yaml",
                Because.of(template.object().at(), template.object().kind()));
            return;
        }
        WrittenObject.mapping(template.spec(), "alerting").ifPresent(a -> {
            for (var manager : WrittenObject.mappings(a, "alertmanagers")) {
                var because = Because.of(manager.at(), "alerting.alertmanagers[]");
                backends.send(template.party(), new NamespacedName(WrittenObject.text(manager, "namespace").orElse(template.namespace()),
                    WrittenObject.text(manager, "name").orElse("-")), WrittenObject.text(manager, "port").orElse(""), Purpose.APPLICATION,
                    because);
                mentions.needDns(template, because);
            }
        });
        var urls = new ArrayList<Setting>();
        for (var field : List.of("remoteWrite", "remoteRead"))
            for (var remote : WrittenObject.mappings(template.spec(), field))
                WrittenObject.text(remote, "url")
                    .ifPresent(u -> urls.add(new Setting("url", u, Because.of(remote.at(), field + "[].url"), Setting.NO_FILE)));
        mentions.read(template, urls);
    }
}
