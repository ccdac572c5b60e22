package dev.lockdown.cluster.kubernetes.stub;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/// What a kubelet and the scheduler write into a pod's status.
final class PodStatus {
    private PodStatus() {}

    static ObjectNode unscheduled(ObjectNode pod) {
        status(pod).putArray("conditions").add(Json.of("{'type': 'PodScheduled', 'status': 'False', 'reason': 'Unschedulable', "
            + "'message': '0/2 nodes are available: 2 Insufficient memory.'}"));
        return pod;
    }

    static ObjectNode withoutImage(ObjectNode pod) {
        var container = Json.of("{'name': 'agent', 'ready': false, 'restartCount': 0, 'state': {'waiting': {'reason': 'ImagePullBackOff', "
            + "'message': 'Back-off pulling image'}}}");
        status(pod).putArray("containerStatuses").add(container.put("image", pod.at("/spec/containers/0/image").asText()));
        return pod;
    }

    static ObjectNode running(ObjectNode pod, String node, List<String> addresses, int restarts) {
        pod.withObjectProperty("spec").put("nodeName", node);
        var status = status(pod).put("phase", "Running").put("podIP", addresses.getFirst());
        var ips = status.putArray("podIPs");
        addresses.forEach(a -> ips.addObject().put("ip", a));
        var conditions = status.putArray("conditions");
        for (var type : List.of("PodScheduled", "Initialized", "ContainersReady", "Ready"))
            conditions.addObject().put("type", type).put("status", "True");
        status.putArray("containerStatuses").add(Json.of("{'name': 'agent', 'ready': true, 'started': true, 'restartCount': %d, "
            + "'state': {'running': {}}}", restarts).put("containerID", "stub://" + restarts)
            .put("image", pod.at("/spec/containers/0/image").asText()));
        return pod;
    }

    static ObjectNode crashed(ObjectNode pod) {
        ((ObjectNode) pod.at("/status/containerStatuses/0")).put("ready", false).set("state",
            Json.of("{'waiting': {'reason': 'CrashLoopBackOff', 'message': 'back-off 10s restarting failed container'}}"));
        return pod;
    }

    static ObjectNode ended(ObjectNode pod, int status) {
        status(pod).put("phase", status == 0 ? "Succeeded" : "Failed");
        ((ObjectNode) pod.at("/status/containerStatuses/0")).put("ready", false).set("state",
            Json.of("{'terminated': {'exitCode': %d, 'reason': '%s'}}", status, status == 0 ? "Completed" : "Error"));
        return pod;
    }

    static ObjectNode evicted(ObjectNode pod) {
        status(pod).put("phase", "Failed").put("reason", "Evicted").put("message", "The node was low on resource: memory.")
            .putArray("containerStatuses");
        return pod;
    }

    private static ObjectNode status(ObjectNode pod) {
        return pod.withObjectProperty("status");
    }
}
