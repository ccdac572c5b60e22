package dev.lockdown.disruption;

import dev.lockdown.flow.NamespacedName;
import java.time.Duration;

/// A disruption that a cluster does itself. Each has a way back that does not need the harness: whoever was struck heals by itself, at
/// the latest when its time is over.
public sealed interface ClusterDisruption extends Disruption {

    /// No change is enforced; the rules that are there stay in force.
    record EnforcementPaused(Duration lasting) implements ClusterDisruption {
        @Override
        public String words() {
            return "enforcement pauses";
        }
    }

    /// All rules are taken away at once and made anew, as by an agent that begins with an empty table.
    record EnforcementRestarted() implements ClusterDisruption {
        @Override
        public String words() {
            return "enforcement restarts from nothing";
        }

        @Override
        public Duration lasting() {
            return Duration.ZERO;
        }
    }

    /// No policy is enforced, and then all are again.
    record RulesForgotten(Duration lasting) implements ClusterDisruption {
        @Override
        public String words() {
            return "enforcement forgets its rules";
        }
    }

    /// Nothing comes out of a pod and nothing goes in.
    record LinkDown(NamespacedName pod, Duration lasting) implements ClusterDisruption {
        @Override
        public String words() {
            return "the link of %s is down".formatted(pod);
        }
    }

    /// Of the packets of a pod so many are lost by chance, both ways.
    ///
    /// @param percent from 1 to 99
    record LinkLossy(NamespacedName pod, int percent, Duration lasting) implements ClusterDisruption {
        public LinkLossy {
            if (percent < 1 || percent > 99)
                throw new IllegalArgumentException(
                    "a link loses from 1 to 99 % of its packets; where it loses all of them, say that it is down");
        }

        @Override
        public String words() {
            return "the link of %s loses %s %% of its packets".formatted(pod, Integer.toString(percent));
        }
    }

    /// A node and its pods reach nobody else, and nobody else reaches them.
    record NodeCutOff(String node, Duration lasting) implements ClusterDisruption {
        @Override
        public String words() {
            return "node %s is cut off".formatted(node);
        }
    }

    /// Nobody reaches the API server.
    record ApiAway(Duration lasting) implements ClusterDisruption {
        @Override
        public String words() {
            return "the Kubernetes API is away";
        }
    }

    /// Nobody reaches the cluster's DNS servers.
    record DnsAway(Duration lasting) implements ClusterDisruption {
        @Override
        public String words() {
            return "DNS is away";
        }
    }

    /// The pod of the network plugin's agent on a node is killed; its DaemonSet brings another.
    record CniAgentKilled(String node) implements ClusterDisruption {
        @Override
        public String words() {
            return "the CNI agent on node %s restarts".formatted(node);
        }

        @Override
        public Duration lasting() {
            return Duration.ZERO;
        }
    }

    /// Other manifests of the network plugin are applied, of a newer or an older version, and then its former ones.
    ///
    /// @param file from which they are, as the step names it
    /// @param manifests their text
    record CniChanged(String file, String manifests, Duration lasting) implements ClusterDisruption {
        @Override
        public String words() {
            return "the CNI is changed to \"%s\"".formatted(file);
        }
    }

    /// The manifests of another version of the network plugin are applied, by its name, and then the former ones.
    ///
    /// @param cni as the catalogue of CNIs names it
    record CniVersionChanged(String cni, String version, Duration lasting) implements ClusterDisruption {
        @Override
        public String words() {
            return "the CNI is changed to \"%s@%s\"".formatted(cni, version);
        }

        /// The same with its manifests.
        public CniChanged with(String manifests) {
            return new CniChanged("%s@%s".formatted(cni, version), manifests, lasting);
        }
    }

    /// A node restarts, with everything on it.
    record NodeRestarted(String node) implements ClusterDisruption {
        @Override
        public String words() {
            return "node %s reboots".formatted(node);
        }

        @Override
        public Duration lasting() {
            return Duration.ZERO;
        }
    }

    /// A node is cut from the API server.
    ///
    /// @param lasting after which the node itself mends it
    record ApiCut(String node, Duration lasting) implements ClusterDisruption {
        @Override
        public String words() {
            return "node %s is cut off from the Kubernetes API".formatted(node);
        }
    }

    /// A pod is deleted and made anew, with the address that it had.
    record PodRecreated(NamespacedName pod) implements ClusterDisruption {
        @Override
        public String words() {
            return "%s is made anew with its address".formatted(pod);
        }

        @Override
        public Duration lasting() {
            return Duration.ZERO;
        }
    }
}
