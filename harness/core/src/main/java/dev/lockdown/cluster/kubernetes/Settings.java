package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.kubernetes.outside.External;
import java.nio.file.Path;
import java.util.Map;

/// How to behave on a cluster that others may use too.
///
/// @param run names this run, in the label `lockdown.dev/run` of all that it makes
/// @param agentImage a Java 25 image for the agents
/// @param namespaces existing namespaces to use, by the names that features use
/// @param externals addresses of external hosts, by the names that features use
/// @param acceptUnseen whether to go on though the cluster has policies or meshes that the oracle does not know
/// @param allowDisruptive whether to disturb what others may use too
/// @param allowNodePods whether privileged pods of ours may read what the nodes have programmed
/// @param keep whether to leave everything as it is in the end
/// @param disposable whether the cluster itself goes in the end, so that nothing in it has to be removed
/// @param ledger where to write down what was made, before it is used
public record Settings(String run, String agentImage, Map<String, String> namespaces, Map<String, External> externals,
        boolean acceptUnseen, boolean allowDisruptive, boolean allowNodePods, boolean keep, boolean disposable, Path ledger) {
    public static final String AGENT_IMAGE = "docker.io/library/eclipse-temurin:25-jre";

    public Settings {
        namespaces = Map.copyOf(namespaces);
        externals = Map.copyOf(externals);
    }
}
