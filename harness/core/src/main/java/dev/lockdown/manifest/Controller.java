package dev.lockdown.manifest;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The kinds that make pods from a template, and what each writes on them besides the template's labels.
///
/// Hashes and identifiers that nobody can know from a manifest are made up, always the same from the same text: policies and Services
/// that select by the key alone, or by what a cluster printed, see what they would see there.
///
/// @see <a href="https://kubernetes.io/docs/reference/labels-annotations-taints/">well-known labels</a>
enum Controller {
    DEPLOYMENT("Deployment") {
        @Override
        Map<String, String> labels(Workload workload, int index, String pod) {
            return Map.of("pod-template-hash", workload.hash());
        }
    },
    STATEFUL_SET("StatefulSet") {
        @Override
        Map<String, String> labels(Workload workload, int index, String pod) {
            return Map.of("statefulset.kubernetes.io/pod-name", pod, "apps.kubernetes.io/pod-index", Integer.toString(index),
                "controller-revision-hash", workload.name().name() + "-" + workload.hash());
        }
    },
    DAEMON_SET("DaemonSet") {
        @Override
        Map<String, String> labels(Workload workload, int index, String pod) {
            return Map.of("controller-revision-hash", workload.hash(), "pod-template-generation", "1");
        }
    },
    JOB("Job") {
        @Override
        Map<String, String> labels(Workload workload, int index, String pod) {
            return ofJob(workload, workload.name().name(), index);
        }
    },
    CRON_JOB("CronJob") {
        @Override
        Map<String, String> labels(Workload workload, int index, String pod) {
            // The name that its first Job would have if the clock stood still: a cluster appends the minutes since 1970.
            return ofJob(workload, workload.name().name() + "-0", index);
        }
    },
    DEPLOYMENT_CONFIG("DeploymentConfig") {
        @Override
        Map<String, String> labels(Workload workload, int index, String pod) {
            return Map.of("deploymentconfig", workload.name().name(), "deployment", workload.name().name() + "-1");
        }
    },
    ROLLOUT("Rollout") {
        @Override
        Map<String, String> labels(Workload workload, int index, String pod) {
            return Map.of("rollouts-pod-template-hash", workload.hash());
        }
    },
    /// A ReplicaSet, a ReplicationController, or a kind that nobody here knows and that has a pod template.
    OTHER("") {
        @Override
        Map<String, String> labels(Workload workload, int index, String pod) {
            return Map.of();
        }
    };

    private final String kind;

    Controller(String kind) {
        this.kind = kind;
    }

    static Controller of(String kind) {
        return Arrays.stream(values()).filter(c -> c.kind.equals(kind)).findFirst().orElse(OTHER);
    }

    /// Give the labels that this controller sets, over those of the template.
    ///
    /// @param index of the pod among those of its workload, as the workload counts
    abstract Map<String, String> labels(Workload workload, int index, String pod);

    private static Map<String, String> ofJob(Workload workload, String job, int index) {
        var labels = new TreeMap<String, String>();
        for (var prefix : new String[] {"", "batch.kubernetes.io/"}) {
            labels.put(prefix + "job-name", job);
            labels.put(prefix + "controller-uid", workload.uid());
        }
        if (workload.indexed()) labels.put("batch.kubernetes.io/job-completion-index", Integer.toString(index - workload.first()));
        return labels;
    }

    /// Write a number as Kubernetes does where it becomes part of a name: without vowels, and without 0, 1 and 3.
    static String hash(String text) {
        var safe = "bcdfghjklmnpqrstvwxz2456789";
        return Integer.toUnsignedString(text.hashCode()).chars().mapToObj(c -> safe.substring(c % safe.length(), c % safe.length() + 1))
            .collect(Collectors.joining());
    }
}
