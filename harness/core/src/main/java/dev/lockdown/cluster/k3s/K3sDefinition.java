package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.k3s.Cni.Mounts;
import dev.lockdown.cluster.k3s.Cni.Workload;
import dev.lockdown.cluster.k3s.ContainerPlan.Role;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/// A cluster of k3s as plain data: what the containers are and what must hold before it counts as up.
record K3sDefinition(String network, boolean ipv6, Map<String, String> labels, ContainerPlan server, List<ContainerPlan> agents,
        List<Workload> ready) {
    /// Where nothing is asked of them: a load balancer of its own, an ingress, metrics and storage.
    private static final String UNUSED = "traefik,servicelb,metrics-server,local-storage";

    /// Said when the API is up and the kubeconfig is written. K3sContainer waits for the second alone, which is flannel's: without
    /// flannel nobody says it.
    private static final String UP = ".*(k3s is up and running|Node controller sync successful).*";

    /// The node that has the API.
    static final String SERVER = node(1);

    K3sDefinition {
        agents = List.copyOf(agents);
        ready = List.copyOf(ready);
    }

    static K3sDefinition of(K3sRequest request, Host host, NodeFiles materials) {
        var token = token(request);
        var server = new ContainerPlan(node(1), Role.SERVER, request.version().image(), entrypoint(request),
            server(request, host), Map.of("K3S_TOKEN", token), all(materials.forServer(), materials.forNodes()), request.labels(), UP);
        var agents = IntStream.rangeClosed(2, request.nodes()).mapToObj(number -> new ContainerPlan(node(number), Role.AGENT,
            request.version().image(), entrypoint(request), agent(request, host, number),
            Map.of("K3S_TOKEN", token, "K3S_URL", "https://%s:6443".formatted(node(1))), materials.forNodes(), request.labels(), null))
            .toList();
        return new K3sDefinition(network(request, token), request.dualStack(), request.labels(), server, agents, request.cni().ready());
    }

    List<ContainerPlan> containers() {
        var all = new ArrayList<ContainerPlan>();
        all.add(server);
        all.addAll(agents);
        return all;
    }

    private static String node(int number) {
        return "node-" + number;
    }

    /// It is no secret from whoever can talk to the engine, and must be the same for a cluster that is taken over.
    private static String token(K3sRequest request) {
        var of = request.reuse() ? "%s %s %s %s".formatted(request.version().image(), request.cni(), request.nodes(), request.dualStack())
            : request.run();
        return UUID.nameUUIDFromBytes(of.getBytes(StandardCharsets.UTF_8)).toString();
    }

    private static String network(K3sRequest request, String token) {
        return "lockdown-" + (request.reuse() ? "reused-" + token.substring(0, 8) : request.run());
    }

    private static List<String> server(K3sRequest request, Host host) {
        var command = new ArrayList<String>();
        command.add("server");
        command.add("--disable=" + UNUSED);
        command.add("--node-name=" + node(1));
        // K3sContainer's own arguments are replaced by these.
        command.add("--tls-san=" + host.address());
        command.add("--tls-san=" + node(1));
        command.addAll(request.cni().arguments());
        command.addAll(kubelet(request, host));
        return command;
    }

    private static List<String> agent(K3sRequest request, Host host, int number) {
        var command = new ArrayList<String>();
        command.add("agent");
        command.add("--node-name=" + node(number));
        command.addAll(kubelet(request, host));
        return command;
    }

    private static List<String> kubelet(K3sRequest request, Host host) {
        return request.version().minds(host.cgroup()) ? List.of("--kubelet-arg=fail-cgroupv1=false") : List.of();
    }

    /// A shell that makes the mounts and becomes k3s; none where the image's own entrypoint does.
    private static List<String> entrypoint(K3sRequest request) {
        var script = script(request.cni().mounts(), request.dualStack());
        return script.isEmpty() ? List.of() : List.of("/bin/sh", "-c", script, "k3s");
    }

    private static String script(Mounts mounts, boolean dualStack) {
        var lines = new ArrayList<String>();
        var bpf = mounts.bpf();
        if (bpf != null) lines.add("mount -t bpf bpf %s || echo 'lockdown: no BPF file system at %s'".formatted(bpf, bpf));
        var cgroup2 = mounts.cgroup2();
        if (cgroup2 != null)
            lines.add("mkdir -p %1$s && mount -t cgroup2 none %1$s || echo 'lockdown: no cgroup v2 at %1$s'".formatted(cgroup2));
        for (var shared : mounts.shared())
            lines.add("mount --make-rshared %1$s || echo 'lockdown: %1$s is not a shared mount'".formatted(shared));
        // Both addresses must be named, or the node has one.
        if (dualStack)
            lines.add(
                "set -- \"$@\" --node-ip=$(ip -o addr show dev eth0 scope global | while read -r _ _ _ a _; do echo ${a%/*}; done | paste -sd,)");
        if (lines.isEmpty()) return "";
        lines.add("exec /bin/k3s \"$@\"");
        return String.join("\n", lines);
    }

    private static List<CopiedFile> all(List<CopiedFile> some, List<CopiedFile> others) {
        var all = new ArrayList<>(some);
        all.addAll(others);
        return all;
    }
}
