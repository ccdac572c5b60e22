package dev.lockdown.cluster.kubernetes.lease;

import dev.lockdown.cluster.EnvironmentException;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The lease that keeps two runs apart on one cluster (`default/lockdown`), renewed as long as the run lasts.
public final class RunLease implements AutoCloseable {
    private static final String NAMESPACE = "default";
    private static final String NAME = "lockdown";
    private static final String PROCESS = "lockdown.dev/process";
    private static final String KEPT = "lockdown.dev/kept";
    private static final int ATTEMPTS = 3;
    private static final Duration DURATION = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final Identity own;
    private final InstantSource clock;
    private final @Nullable String former;
    private final ScheduledExecutorService renewing =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("lease").factory());

    /// @param label that bears the run's name on all that it makes
    /// @param process null where it cannot be told
    /// @param keep whether what the run makes shall stay
    public record Identity(String label, String run, @Nullable HolderProcess process, boolean keep) {
        private Map<String, String> annotations() {
            var annotations = new HashMap<String, String>();
            if (process != null) annotations.put(PROCESS, process.toString());
            if (keep) annotations.put(KEPT, "true");
            return annotations;
        }
    }

    private RunLease(KubernetesClient client, Identity own, InstantSource clock, @Nullable String former) {
        this.client = client;
        this.own = own;
        this.clock = clock;
        this.former = former;
        var _ = renewing.scheduleWithFixedDelay(this::renew, DURATION.toSeconds() / 3, DURATION.toSeconds() / 3, TimeUnit.SECONDS);
    }

    /// Take it, also from a run that has it still and whose process is proven to be gone.
    ///
    /// @throws EnvironmentException if another run has it
    public static RunLease take(KubernetesClient client, Identity own, InstantSource clock, Renewals renewals) {
        var leases = client.leases().inNamespace(NAMESPACE);
        var there = leases.withName(NAME).get();
        if (there != null && isAlive(client, there, clock, renewals)) throw held(there, clock);
        // It may have been looked at for a while.
        if (there != null) there = leases.withName(NAME).get();
        try {
            if (there == null) client.resource(lease(own, clock, null)).create();
            else client.resource(lease(own, clock, there.getMetadata().getResourceVersion())).update();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) throw e;
            // The answer to the first try may have been lost on the way.
            var winner = leases.withName(NAME).get();
            if (winner == null || !own.run.equals(winner.getSpec().getHolderIdentity()))
                throw new EnvironmentException("another run of Lockdown has just begun on this cluster", e);
        }
        return new RunLease(client, own, clock, there == null ? null : gone(there));
    }

    private static EnvironmentException held(Lease there, InstantSource clock) {
        long minutes = age(there, clock).toMinutes();
        return new EnvironmentException(
            "another run of Lockdown (%s) is using this cluster; it holds the lease %s/%s until %s%s".formatted(
                there.getSpec().getHolderIdentity(), NAMESPACE, NAME, end(there), minutes == 0 ? ""
                    : " by the clock of its machine, which is %s min %s this one's".formatted(Math.abs(minutes),
                        minutes > 0 ? "behind" : "ahead of")),
            null);
    }

    private static @Nullable String gone(Lease there) {
        return isGone(there) && !annotations(there).containsKey(KEPT) ? there.getSpec().getHolderIdentity() : null;
    }

    /// The run that had it before, is proven to be gone and was not to keep what it made; or null.
    public @Nullable String former() {
        return former;
    }

    /// Whose it is.
    ///
    /// @param alive whether that run may still be under way
    public record Holder(String run, boolean alive) {}

    /// Look whose it is; null where there is none.
    public static @Nullable Holder holder(KubernetesClient client, InstantSource clock, Renewals renewals) {
        var there = client.leases().inNamespace(NAMESPACE).withName(NAME).get();
        return there == null ? null
            : new Holder(Objects.requireNonNullElse(there.getSpec().getHolderIdentity(), ""), isAlive(client, there, clock, renewals));
    }

    /// Remove one whose run is over.
    public static void remove(KubernetesClient client) {
        client.leases().inNamespace(NAMESPACE).withName(NAME).delete();
    }

    private static boolean isAlive(KubernetesClient client, Lease lease, InstantSource clock, Renewals renewals) {
        var holder = lease.getSpec().getHolderIdentity();
        if (holder == null || holder.isEmpty() || lease.getSpec().getRenewTime() == null || isGone(lease)) return false;
        var age = age(lease, clock);
        if (age.abs().compareTo(DURATION) < 0) return true;
        return age.compareTo(Renewals.OLD) < 0 && renewals.seen(holder, () -> version(client, holder));
    }

    /// How long ago it was renewed, if its machine's clock is right.
    private static Duration age(Lease lease, InstantSource clock) {
        return Duration.between(lease.getSpec().getRenewTime().toInstant(), clock.instant());
    }

    private static String version(KubernetesClient client, String holder) {
        var now = client.leases().inNamespace(NAMESPACE).withName(NAME).get();
        return now == null || !holder.equals(now.getSpec().getHolderIdentity()) ? "" : now.getSpec().getRenewTime().toString();
    }

    private static boolean isGone(Lease lease) {
        var process = HolderProcess.parse(annotations(lease).get(PROCESS));
        return process != null && process.isGone();
    }

    private static Map<String, String> annotations(Lease lease) {
        return Objects.requireNonNullElse(lease.getMetadata().getAnnotations(), Map.of());
    }

    private static Instant end(Lease lease) {
        return lease.getSpec().getRenewTime().toInstant().plusSeconds(lease.getSpec().getLeaseDurationSeconds());
    }

    private static Lease lease(Identity own, InstantSource clock, @Nullable String version) {
        return new LeaseBuilder().withNewMetadata().withNamespace(NAMESPACE).withName(NAME).withResourceVersion(version)
            .addToLabels(own.label, own.run)
            .addToAnnotations(own.annotations()).endMetadata()
            .withNewSpec().withHolderIdentity(own.run)
            .withLeaseDurationSeconds((int) DURATION.toSeconds()).withRenewTime(clock.instant().atZone(ZoneOffset.UTC)).endSpec().build();
    }

    private void renew() {
        try {
            var there = client.leases().inNamespace(NAMESPACE).withName(NAME).get();
            if (there != null && own.run.equals(there.getSpec().getHolderIdentity()))
                client.resource(lease(own, clock, there.getMetadata().getResourceVersion())).update();
        } catch (RuntimeException e) {
            // The API is away, most likely. One that was thrown on would end the renewals for good.
        }
    }

    @Override
    public void close() {
        renewing.shutdownNow();
        // If it cannot be given back, it ends by itself within its duration.
        for (int attempt = 1; attempt <= ATTEMPTS && !isGivenBack(); attempt++) continue;
    }

    private boolean isGivenBack() {
        try {
            var there = client.leases().inNamespace(NAMESPACE).withName(NAME).get();
            if (there != null && own.run.equals(there.getSpec().getHolderIdentity())) client.resource(there).delete();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }
}
