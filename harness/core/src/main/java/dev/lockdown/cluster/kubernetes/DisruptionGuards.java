package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.DisruptionGuard;
import dev.lockdown.cluster.kubernetes.agent.AgentJar;
import dev.lockdown.cluster.kubernetes.healing.DeadlineJobs;
import dev.lockdown.cluster.kubernetes.healing.HealingRecord;
import dev.lockdown.cluster.kubernetes.healing.HealingRecords;
import dev.lockdown.cluster.kubernetes.healing.Repair;
import dev.lockdown.disruption.ObjectDisruption;
import dev.lockdown.disruption.Unattended;
import dev.lockdown.flow.NamespacedName;
import dev.lockdown.state.Change;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicyBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/// Keeps in the cluster how each disruption of objects is taken back, and gives what it adds an owner that the cluster itself deletes when
/// the time is over.
final class DisruptionGuards {
    /// What the harness itself may need beside the disruption's own time before it counts as dead.
    private static final Duration GRACE = Duration.ofSeconds(15);

    private final HealingRecords records;
    private final DeadlineJobs deadlines;
    private final ApiObjects made;
    private final String run;
    private final NamespaceMapping mapping;
    private final RunNamespaces namespaces;
    private final RunObjects objects;
    private final AgentPods pods;
    private final InstantSource clock;
    private final AtomicInteger numbers = new AtomicInteger();

    DisruptionGuards(HealingRecords records, DeadlineJobs deadlines, String run, NamespaceMapping mapping, RunNamespaces namespaces,
            RunObjects objects, AgentPods pods, InstantSource clock) {
        this.records = records;
        this.deadlines = deadlines;
        this.made = new ApiObjects(run, mapping);
        this.run = run;
        this.mapping = mapping;
        this.namespaces = namespaces;
        this.objects = objects;
        this.pods = pods;
        this.clock = clock;
    }

    /// @param healing the changes that take it back
    /// @throws ClusterException if it cannot be kept; then nothing of it is
    DisruptionGuard guard(ObjectDisruption disruption, List<Change> healing) {
        var lasting = disruption.lasting();
        var record = record(disruption.words(), lasting, healing.stream().flatMap(change -> repairs(disruption, change)).toList());
        try {
            records.keep(record);
            var deadline = lasting.plusMillis(999).plus(GRACE);
            var added = added(healing);
            var owned = own(record, added, deadline);
            boolean ends = added.size() == healing.size() && owned.size() == namespaces(added).size();
            return new Kept(record, owned, ends ? Unattended.ends(deadline) : Unattended.STAYS);
        } catch (KubernetesClientException e) {
            throw notKept(e);
        }
    }

    /// Keep what heals a disruption, which nobody ends but the harness.
    ///
    /// @throws ClusterException if it cannot be kept
    DisruptionGuard guard(String words, Duration lasting, List<Repair> repairs) {
        var record = record(words, lasting, repairs);
        try {
            records.keep(record);
            return new Kept(record, List.of(), Unattended.STAYS);
        } catch (KubernetesClientException e) {
            throw notKept(e);
        }
    }

    HealingRecords records() {
        return records;
    }

    private HealingRecord record(String words, Duration lasting, List<Repair> repairs) {
        return new HealingRecord("disruption-%s-%s".formatted(run, numbers.incrementAndGet()), run, words,
            clock.instant().plus(lasting).truncatedTo(ChronoUnit.MILLIS), repairs);
    }

    private static ClusterException notKept(KubernetesClientException e) {
        return new ClusterException("how the disruption is healed cannot be kept in the cluster: " + ApiErrorText.of(e), e);
    }

    /// What the disruption adds, as what heals it would delete it.
    private List<HasMetadata> added(List<Change> healing) {
        var added = new ArrayList<HasMetadata>();
        for (var change : healing) {
            if (change instanceof Change.DeletePolicy(var name)) added.add(policy(name));
            if (change instanceof Change.StopPod(var name)) added.add(pod(name));
        }
        return added;
    }

    private HasMetadata policy(NamespacedName name) {
        return new NetworkPolicyBuilder().withMetadata(metadata(name)).build();
    }

    private HasMetadata pod(NamespacedName name) {
        var object = pods.object(name);
        return new PodBuilder().withNewMetadata().withNamespace(object.namespace()).withName(object.name()).endMetadata().build();
    }

    private ObjectMeta metadata(NamespacedName name) {
        return new ObjectMetaBuilder().withNamespace(mapping.namespace(name.namespace())).withName(name.name()).build();
    }

    private static Set<String> namespaces(List<HasMetadata> added) {
        var all = new TreeSet<String>();
        added.forEach(o -> all.add(o.getMetadata().getNamespace()));
        return all;
    }

    /// @return the namespaces in which what is added has an owner
    private List<String> own(HealingRecord record, List<HasMetadata> added, Duration deadline) {
        var owned = new ArrayList<String>();
        for (var namespace : namespaces(added)) {
            var owner = deadlines.begin(namespace, job(record), Map.of(ApiObjects.RUN, run), deadline);
            if (owner == null) continue;
            owned.add(namespace);
            added.stream().filter(o -> o.getMetadata().getNamespace().equals(namespace)).forEach(o -> objects.own(o, owner));
        }
        return owned;
    }

    private String job(HealingRecord record) {
        return "lockdown-" + record.name();
    }

    private Stream<Repair> repairs(ObjectDisruption disruption, Change change) {
        return switch (change) {
            case Change.DeletePolicy(var name) -> Stream.of(new Repair.Remove(policy(name)));
            case Change.StopPod(var name) -> Stream.of(new Repair.Remove(pod(name)));
            case Change.ApplyPolicy(var policy) -> Stream.of(new Repair.Restore(made.policy(policy)));
            case Change.StartPod(var pod) -> Stream.of(new Repair.Restore(pods.spec(pod)));
            case Change.ApplyService(var service) -> Stream.of(new Repair.Restore(made.service(service)));
            case Change.RelabelPod(var name, var labels) -> Stream.of(
                new Repair.Relabel(relabelled(name, labels), added(disruption, labels)));
            case Change.RelabelNamespace(var name, var labels) -> Stream.of(new Repair.Relabel(
                namespace(new dev.lockdown.state.Namespace(name, labels)), added(disruption, labels)));
            case Change.ApplyNamespace(var namespace) -> Stream.of(new Repair.Restore(namespace(namespace)),
                new Repair.Restore(agent(mapping.namespace(namespace.name()))));
            case Change.DeleteNamespace _, Change.DeleteService _, Change.AddHost _ -> Stream.of();
        };
    }

    private HasMetadata relabelled(NamespacedName pod, Map<String, String> labels) {
        var metadata = made.metadata(pod, labels);
        metadata.setName(pods.object(pod).name());
        return new PodBuilder().withMetadata(metadata).build();
    }

    private HasMetadata namespace(dev.lockdown.state.Namespace namespace) {
        return new NamespaceBuilder().withNewMetadata().withName(mapping.namespace(namespace.name()))
            .withLabels(namespaces.labels(namespace)).endMetadata().build();
    }

    /// With a place for the agent's jar.
    private HasMetadata agent(String namespace) {
        return new ConfigMapBuilder().withNewMetadata().withName(PodSpecs.CONFIG_MAP).withNamespace(namespace)
            .withLabels(Map.of(ApiObjects.RUN, run)).endMetadata().addToBinaryData(AgentJar.NAME, "").build();
    }

    /// The labels that a disruption gives and that were not there.
    private static List<String> added(ObjectDisruption disruption, Map<String, String> before) {
        var given = switch (disruption) {
            case ObjectDisruption.PodRelabelled(_, var labels, _) -> labels;
            case ObjectDisruption.NamespaceRelabelled(_, var labels, _) -> labels;
            case ObjectDisruption.PoliciesComeAndGo _, ObjectDisruption.PolicyRecreated _, ObjectDisruption.NamespacesLockedDown _, ObjectDisruption.HalfLockedDown _, ObjectDisruption.PodGone _, ObjectDisruption.PodsChurn _, ObjectDisruption.AddressGiven _, ObjectDisruption.NamespaceRecreated _ ->
                Map.<String, String>of();
        };
        return given.keySet().stream().filter(key -> !before.containsKey(key)).toList();
    }

    private final class Kept implements DisruptionGuard {
        private final HealingRecord record;
        private final List<String> owned;
        private final Unattended unattended;

        Kept(HealingRecord record, List<String> owned, Unattended unattended) {
            this.record = record;
            this.owned = owned;
            this.unattended = unattended;
        }

        @Override
        public Unattended unattended() {
            return unattended;
        }

        @Override
        public void close() {
            try {
                objects.disown(job(record));
                owned.forEach(namespace -> deadlines.end(namespace, job(record)));
                records.forget(record.name());
            } catch (KubernetesClientException e) {
                throw new ClusterException("how the disruption was healed is still kept in the cluster: " + ApiErrorText.of(e), e);
            }
        }
    }
}
