package dev.lockdown.cluster.kubernetes.healing;

import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.net.HttpURLConnection;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Deadlines that the cluster itself keeps: a Job without pods, which Kubernetes ends at its `activeDeadlineSeconds`, deletes
/// (`ttlSecondsAfterFinished: 0`), and with it whatever names it as its owner. It needs no pod, no image and no right within the cluster.
///
/// Not every user may make Jobs; what he disrupts then has no deadline on the cluster.
public final class DeadlineJobs {
    private final KubernetesClient client;
    private volatile boolean refused;

    public DeadlineJobs(KubernetesClient client) {
        this.client = client;
    }

    /// Begin one.
    ///
    /// @param labels of all that the run makes
    /// @return the owner that objects of the same namespace are to name, or null where this user may not make Jobs
    public @Nullable OwnerReference begin(String namespace, String name, Map<String, String> labels, Duration deadline) {
        if (refused) return null;
        try {
            var made = made(job(namespace, name, labels, deadline));
            return new OwnerReferenceBuilder().withApiVersion("batch/v1").withKind("Job").withName(name)
                .withUid(made.getMetadata().getUid()).withController(false).withBlockOwnerDeletion(false).build();
        } catch (KubernetesClientException e) {
            if (e.getCode() != HttpURLConnection.HTTP_FORBIDDEN && e.getCode() != HttpURLConnection.HTTP_NOT_FOUND) throw e;
            refused = true;
            return null;
        }
    }

    private Job made(Job wanted) {
        try {
            return client.resource(wanted).create();
        } catch (KubernetesClientException e) {
            // The answer to the first try was lost on the way.
            var there = e.getCode() == HttpURLConnection.HTTP_CONFLICT ? client.resource(wanted).get() : null;
            if (there == null) throw e;
            return there;
        }
    }

    private static Job job(String namespace, String name, Map<String, String> labels, Duration deadline) {
        // Nothing of the template ever runs: no pod is wanted.
        return new JobBuilder().withNewMetadata().withNamespace(namespace).withName(name).withLabels(labels).endMetadata()
            .withNewSpec().withParallelism(0).withActiveDeadlineSeconds(deadline.toSeconds()).withTtlSecondsAfterFinished(0)
            .withNewTemplate().withNewSpec().withRestartPolicy("Never").addNewContainer().withName("none").withImage("none")
            .endContainer().endSpec().endTemplate().endSpec().build();
    }

    /// What it was for is healed.
    public void end(String namespace, String name) {
        client.batch().v1().jobs().inNamespace(namespace).withName(name).delete();
    }
}
