package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.EnvironmentException;
import io.fabric8.kubernetes.api.model.coordination.v1.Lease;
import io.fabric8.kubernetes.api.model.coordination.v1.LeaseBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/// The lease that keeps two runs apart on one cluster (`default/lockdown`), renewed as long as the run lasts.
final class RunLease implements AutoCloseable {
    private static final String NAMESPACE = "default";
    private static final String NAME = "lockdown";
    private static final int ATTEMPTS = 3;
    private static final Duration DURATION = Duration.ofSeconds(30);

    private final KubernetesClient client;
    private final String run;
    private final InstantSource clock;
    private final ScheduledExecutorService renewing =
        Executors.newSingleThreadScheduledExecutor(Thread.ofPlatform().daemon().name("lease").factory());

    private RunLease(KubernetesClient client, String run, InstantSource clock) {
        this.client = client;
        this.run = run;
        this.clock = clock;
        var _ = renewing.scheduleWithFixedDelay(this::renew, DURATION.toSeconds() / 3, DURATION.toSeconds() / 3, TimeUnit.SECONDS);
    }

    /// @throws EnvironmentException if another run has it
    static RunLease take(KubernetesClient client, String run, InstantSource clock) {
        var leases = client.leases().inNamespace(NAMESPACE);
        var there = leases.withName(NAME).get();
        if (there != null && isHeld(there, clock))
            throw new EnvironmentException(
                "another run of Lockdown (%s) is using this cluster; it holds the lease %s/%s until %s".formatted(
                    there.getSpec().getHolderIdentity(), NAMESPACE, NAME, end(there)),
                null);
        try {
            if (there == null) client.resource(lease(run, clock, null)).create();
            else client.resource(lease(run, clock, there.getMetadata().getResourceVersion())).update();
        } catch (KubernetesClientException e) {
            if (e.getCode() != 409) throw e;
            // The answer to the first try may have been lost on the way.
            var winner = leases.withName(NAME).get();
            if (winner == null || !run.equals(winner.getSpec().getHolderIdentity()))
                throw new EnvironmentException("another run of Lockdown has just begun on this cluster", e);
        }
        return new RunLease(client, run, clock);
    }

    static boolean isHeldBy(KubernetesClient client, String run, InstantSource clock) {
        var there = client.leases().inNamespace(NAMESPACE).withName(NAME).get();
        return there != null && isHeld(there, clock) && run.equals(there.getSpec().getHolderIdentity());
    }

    private static boolean isHeld(Lease lease, InstantSource clock) {
        var holder = lease.getSpec().getHolderIdentity();
        return holder != null && !holder.isEmpty() && lease.getSpec().getRenewTime() != null && end(lease).isAfter(clock.instant());
    }

    private static Instant end(Lease lease) {
        return lease.getSpec().getRenewTime().toInstant().plusSeconds(lease.getSpec().getLeaseDurationSeconds());
    }

    private static Lease lease(String run, InstantSource clock, @Nullable String version) {
        return new LeaseBuilder().withNewMetadata().withNamespace(NAMESPACE).withName(NAME).withResourceVersion(version)
            .addToLabels(ApiObjects.RUN, run).endMetadata().withNewSpec().withHolderIdentity(run)
            .withLeaseDurationSeconds((int) DURATION.toSeconds()).withRenewTime(clock.instant().atZone(ZoneOffset.UTC)).endSpec().build();
    }

    private void renew() {
        try {
            var there = client.leases().inNamespace(NAMESPACE).withName(NAME).get();
            if (there != null && run.equals(there.getSpec().getHolderIdentity()))
                client.resource(lease(run, clock, there.getMetadata().getResourceVersion())).update();
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
            if (there != null && run.equals(there.getSpec().getHolderIdentity())) client.resource(there).delete();
            return true;
        } catch (KubernetesClientException e) {
            return false;
        }
    }
}
