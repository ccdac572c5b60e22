package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.ClusterException;
import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.Polling;
import dev.lockdown.cluster.Waits;
import dev.lockdown.cluster.kubernetes.healing.HealingRecord;
import dev.lockdown.cluster.kubernetes.healing.HealingRecords;
import dev.lockdown.cluster.kubernetes.lease.Ledger;
import dev.lockdown.cluster.kubernetes.lease.Renewals;
import dev.lockdown.cluster.kubernetes.lease.RunLease;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// Finds what runs made in a cluster, by their label, and removes it.
public final class Sweeper implements AutoCloseable {
    private static final Duration GOING = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);

    private static final Duration RENEWING = Duration.ofSeconds(15);

    private static final int MOST_REFUSALS = 3;

    private final KubernetesClient client;
    private final Duration going;
    private final Waits waits;
    private final Polling polling;
    private RunLease.@Nullable Holder holder;

    /// @param going how long it may take until everything is gone
    Sweeper(KubernetesClient client, Duration going, Duration pause, Waits waits) {
        this.client = client;
        this.going = going;
        this.waits = waits;
        polling = new Polling(pause).telling(waits);
    }

    /// Sweep a cluster apart from any run.
    ///
    /// @param waits tell what is waited for
    public static Sweeper of(Access access, Waits waits) {
        return new Sweeper(access.client(), GOING, PAUSE, waits);
    }

    @Override
    public void close() {
        client.close();
    }

    /// What earlier runs left, in words, by their run.
    ///
    /// @throws EnvironmentException if the API cannot be asked
    public Map<String, List<String>> leftovers() {
        var left = new TreeMap<String, List<String>>();
        try {
            for (var object : found(null))
                left.computeIfAbsent(object.getMetadata().getLabels().get(ApiObjects.RUN), _ -> new ArrayList<>()).add(words(object));
        } catch (KubernetesClientException e) {
            throw new EnvironmentException("the API at %s cannot be asked: %s".formatted(ApiErrorText.url(client), ApiErrorText.of(e)), e);
        }
        return left;
    }

    /// Forget the ledgers in a folder of runs that left nothing on this cluster.
    ///
    /// @return their runs
    public List<String> forget(Path ledgers) throws IOException {
        return Ledger.forget(ledgers, ApiErrorText.url(client), leftovers().keySet());
    }

    /// Whether a run may still be under way, by its lease.
    public boolean isAlive(String run, InstantSource clock) {
        return run.equals(runUnderWay(clock));
    }

    /// The run that holds the lease and may still be under way, or null.
    public @Nullable String runUnderWay(InstantSource clock) {
        var holder = holder(clock);
        return holder != null && holder.alive() ? holder.run() : null;
    }

    /// Looked at once: that may take a while.
    private RunLease.@Nullable Holder holder(InstantSource clock) {
        var seen = holder;
        if (seen == null) holder = seen = RunLease.holder(client, clock, new Renewals(polling, RENEWING));
        return seen;
    }

    /// The run that left the lease when it ended, or null.
    public @Nullable String abandonedLease(InstantSource clock) {
        var holder = holder(clock);
        return holder == null || holder.alive() ? null : holder.run();
    }

    /// Remove the lease, which nobody holds any more.
    public void removeLease() {
        RunLease.remove(client);
    }

    /// Disruptions that were not seen to heal, in words, by their run.
    public Map<String, List<String>> disruptions() {
        var left = new TreeMap<String, List<String>>();
        try {
            for (var record : records().all()) left.computeIfAbsent(record.run(), _ -> new ArrayList<>()).add(record.told());
        } catch (KubernetesClientException e) {
            throw new EnvironmentException("the API at %s cannot be asked: %s".formatted(ApiErrorText.url(client), ApiErrorText.of(e)), e);
        }
        return left;
    }

    /// Heal the disruptions of a run that is over, the last first.
    ///
    /// @return what, in words
    /// @throws ClusterException if one cannot be healed
    public List<String> heal(String run) {
        return heal(record -> record.run().equals(run));
    }

    /// The same for all runs.
    List<String> heal() {
        return heal(_ -> true);
    }

    private List<String> heal(Predicate<HealingRecord> which) {
        var healed = new ArrayList<String>();
        for (var record : records().all().reversed()) {
            if (!which.test(record)) continue;
            records().heal(record);
            healed.add(record.told());
        }
        return healed;
    }

    private HealingRecords records() {
        return new HealingRecords(client, ApiObjects.RUN, ApiErrorText::of, waits);
    }

    private static String words(HasMetadata object) {
        var namespace = object.getMetadata().getNamespace();
        return "%s %s%s".formatted(object.getKind(), namespace == null ? "" : namespace + "/", object.getMetadata().getName());
    }

    /// Namespaces of ours, and what is ours in the namespaces of others.
    private List<HasMetadata> found(@Nullable String run) {
        var found = new ArrayList<HasMetadata>();
        found.addAll(run == null ? client.namespaces().withLabel(ApiObjects.RUN).list().getItems()
            : client.namespaces().withLabel(ApiObjects.RUN, run).list().getItems());
        var ours = found.stream().map(n -> n.getMetadata().getName()).collect(Collectors.toSet());
        var loose = new ArrayList<HasMetadata>();
        loose.addAll(run == null ? client.network().v1().networkPolicies().inAnyNamespace().withLabel(ApiObjects.RUN).list().getItems()
            : client.network().v1().networkPolicies().inAnyNamespace().withLabel(ApiObjects.RUN, run).list().getItems());
        loose.addAll(run == null ? client.services().inAnyNamespace().withLabel(ApiObjects.RUN).list().getItems()
            : client.services().inAnyNamespace().withLabel(ApiObjects.RUN, run).list().getItems());
        loose.addAll(run == null ? client.pods().inAnyNamespace().withLabel(ApiObjects.RUN).list().getItems()
            : client.pods().inAnyNamespace().withLabel(ApiObjects.RUN, run).list().getItems());
        loose.addAll(run == null ? client.configMaps().inAnyNamespace().withLabel(ApiObjects.RUN).list().getItems()
            : client.configMaps().inAnyNamespace().withLabel(ApiObjects.RUN, run).list().getItems());
        loose.addAll(run == null ? client.discovery().v1().endpointSlices().inAnyNamespace().withLabel(ApiObjects.RUN).list().getItems()
            : client.discovery().v1().endpointSlices().inAnyNamespace().withLabel(ApiObjects.RUN, run).list().getItems());
        loose.stream().filter(o -> !ours.contains(o.getMetadata().getNamespace())).forEach(found::add);
        return found;
    }

    /// Remove what a run made, and wait until it is gone. An API that is away is waited for.
    ///
    /// @throws ClusterException if something stays, saying what holds it
    public void remove(String run) {
        var refusals = new AtomicInteger();
        var _ = polling.require(going, () -> step(run, refusals), Optional::isEmpty, last -> new ClusterException(
            "what the run made is not gone after %s s: %s; `./lockdown doctor --sweep` with the same --cluster tries again".formatted(
                going.toSeconds(), last.value().orElseThrow()),
            null), _ -> "what the run made to be gone");
    }

    /// Delete what is there.
    ///
    /// @return why something is left
    private Optional<String> step(String run, AtomicInteger refusals) {
        try {
            var found = found(run);
            for (var object : found)
                if (object.getMetadata().getDeletionTimestamp() == null) client.resource(object).withGracePeriod(0).delete();
            if (found.isEmpty()) return Optional.empty();
            return Optional.of(
                found.getFirst() instanceof Namespace n ? "the namespace %s is Terminating: %s".formatted(n.getMetadata().getName(),
                    stuck(n)) : words(found.getFirst()));
        } catch (KubernetesClientException e) {
            if (e.getCode() == 403 && refusals.incrementAndGet() > MOST_REFUSALS)
                throw new ClusterException("what the run made may not be removed: " + ApiErrorText.of(e), e);
            return Optional.of("the API does not answer: " + ApiErrorText.of(e));
        }
    }

    /// What holds a namespace that does not go.
    static String stuck(Namespace namespace) {
        var conditions = namespace.getStatus() == null ? null : namespace.getStatus().getConditions();
        var why = conditions == null ? "" : conditions.stream().filter(c -> c.getStatus().equals("True")).map(c -> c.getMessage())
            .filter(Objects::nonNull).collect(Collectors.joining("; "));
        var finalizers = namespace.getSpec() == null ? List.<String>of()
            : Objects.requireNonNullElse(namespace.getSpec().getFinalizers(), List.<String>of());
        return why.isEmpty() ? "finalizers " + finalizers : why;
    }
}
