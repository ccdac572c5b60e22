package dev.lockdown.manifest;

import dev.lockdown.manifest.yaml.Fields;
import dev.lockdown.manifest.yaml.Labels;
import dev.lockdown.manifest.yaml.Syntax;
import dev.lockdown.manifest.yaml.Value;
import dev.lockdown.manifest.yaml.Yaml;
import dev.lockdown.state.Pod;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Reads a controller and its pod template.
final class WorkloadReader {
    /// More than any cluster on one machine holds; a slip of the keyboard is likelier.
    private static final int MOST = 10_000;
    private static final Set<Controller> SELECTING = Set.of(Controller.DEPLOYMENT, Controller.STATEFUL_SET, Controller.DAEMON_SET);
    private static final List<String> READ = List.of("template", "replicas", "parallelism");

    private final ManifestNotes notes;

    WorkloadReader(ManifestNotes notes) {
        this.notes = notes;
    }

    /// Whether an object of a kind that nobody here knows has a pod template, and so makes pods.
    static boolean hasTemplate(Fields root) {
        var containers = at(root.node(), "spec", "template", "spec", "containers");
        if (containers.isEmpty()) containers = at(root.node(), "spec", "jobTemplate", "spec", "template", "spec", "containers");
        return containers.filter(c -> c instanceof Yaml.Sequence(var items, _, _) && !items.isEmpty()
            && items.stream().allMatch(Yaml.Mapping.class::isInstance)).isPresent();
    }

    private static Optional<Yaml> at(Yaml node, String... path) {
        for (var field : path) {
            if (!(node instanceof Yaml.Mapping mapping) || !mapping.entries().containsKey(field)) return Optional.empty();
            node = mapping.entries().get(field).value();
        }
        return Optional.of(node);
    }

    Workload read(Identity identity, Fields root, String text) {
        var controller = Controller.of(identity.kind());
        var spec = root.need("spec", "spec: {template: …}").fields();
        if (spec.get("jobTemplate") != null || controller == Controller.CRON_JOB)
            spec = spec.need("jobTemplate", "jobTemplate: {spec: {template: …}}").fields().need("spec", "spec: {template: …}").fields();
        spec.mostly(READ);
        var template = spec.need("template", "template: {metadata: {labels: {app: web}}, spec: {containers: [{name: web}]}}").fields()
            .only("metadata", "spec");
        var pod = new PodReader(notes).read(identity.name(), Metadata.labelsOf(template), template);
        boolean ordinal = controller == Controller.STATEFUL_SET;
        int first = ordinal ? spec.find("ordinals").flatMap(o -> o.fields().find("start")).map(s -> s.whole(0, MOST)).orElse(0) : 1;
        var workload =
            new Workload(controller, identity, pod, count(controller, spec), first, isIndexed(spec), isDone(root), root.at(), text);
        requireLabelsFit(workload, root);
        requireSelected(controller, spec, pod);
        return workload;
    }

    /// The API refuses a controller that would not find its own pods.
    private static void requireSelected(Controller controller, Fields spec, Pod pod) {
        if (!SELECTING.contains(controller)) return;
        var labels = spec.find("selector").filter(s -> s.node() instanceof Yaml.Mapping).flatMap(s -> s.fields().find("matchLabels"));
        if (labels.isEmpty()) return;
        var wanted = Labels.read(labels.get());
        if (!pod.labels().entrySet().containsAll(wanted.entrySet()))
            throw ObjectProblems.selectsNotItsOwn(labels.get().at(), spec.path(), wanted, pod.labels());
    }

    private static int count(Controller controller, Fields spec) {
        return switch (controller) {
            case DEPLOYMENT, STATEFUL_SET, DEPLOYMENT_CONFIG, ROLLOUT, OTHER -> spec.find("replicas").map(r -> r.whole(0, MOST)).orElse(1);
            case JOB, CRON_JOB -> Math.min(spec.find("parallelism").map(p -> p.whole(0, MOST)).orElse(1),
                spec.find("completions").map(c -> c.whole(0, Integer.MAX_VALUE)).orElse(MOST));
            case DAEMON_SET -> 1;
        };
    }

    private static boolean isIndexed(Fields spec) {
        return spec.find("completionMode").map(m -> m.text().equals("Indexed")).orElse(false);
    }

    /// Whether a cluster says that it is a Job which has run.
    private static boolean isDone(Fields root) {
        if (!root.path().equals("Job") || !(root.get("status") instanceof Value status)) return false;
        return status.fields().items("conditions").stream().map(Value::fields)
            .anyMatch(c -> List.of("Complete", "Failed").contains(c.find("type").map(Value::text).orElse(""))
                && c.find("status").map(Value::text).orElse("").equals("True"));
    }

    /// The longest names of controllers are longer than a label may be, and then a cluster makes no pod (kubernetes/kubernetes#64023).
    private static void requireLabelsFit(Workload workload, Fields root) {
        if (workload.count() == 0) return;
        int last = workload.first() + workload.count() - 1;
        workload.controller().labels(workload, last, workload.name().name() + "-" + last).forEach((key, value) -> {
            if (!Syntax.LABEL_VALUE.matches(value))
                throw ObjectProblems.labelTooLong(root.need("metadata", "").fields().at("name"), root.path(), key, value);
        });
    }
}
