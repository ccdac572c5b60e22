package dev.lockdown.cluster.kubernetes.nodes;

import dev.lockdown.cluster.kubernetes.system.NodeTools;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Pattern;

/// Runs a node's programs by a privileged pod on it, which enters the network plugin's containers or the machine, `node-tools.sh`. Nothing is
/// run in a pod that is not ours, and the pod's log has what was written, so that neither `pods/exec` nor a shell elsewhere is needed.
public final class NodeToolPods implements NodeTools {
    private static final Duration AT_MOST = Duration.ofSeconds(60);
    private static final String SCRIPT = "node-tools.sh";
    private static final Pattern BEGIN = Pattern.compile("lockdown: begin ([0-9]{1,4})");
    private static final Pattern END = Pattern.compile("lockdown: end ([0-9]{1,4}) (.*)");

    private final HostPods pods;
    private final String script;
    private final AtomicInteger numbers = new AtomicInteger();

    public NodeToolPods(HostPods pods) {
        this.pods = pods;
        try (var in = Objects.requireNonNull(NodeToolPods.class.getResourceAsStream(SCRIPT))) {
            script = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public List<Told> read(String node, List<String> containers, List<List<String>> readings) {
        var arguments = new ArrayList<>(List.of("node-tools", String.join(",", containers)));
        readings.forEach(commands -> arguments.add(String.join("\n", commands)));
        HostPod pod;
        try {
            pod = pods.startBeside(node, "node-tools-" + numbers.incrementAndGet(), script, arguments, AT_MOST);
        } catch (KubernetesClientException e) {
            throw new IllegalStateException("the pod that would read it is refused: " + pods.wording().apply(e), e);
        }
        try {
            var seen = pod.until(pods.starting(), look -> HostPod.isOver(look) || HostPod.isHopeless(look));
            if (!HostPod.endedWell(seen)) throw new IllegalStateException(pod.problem(seen));
            return told(pod.log(), readings.size());
        } finally {
            pod.delete();
        }
    }

    /// What stands between the marks of each reading.
    static List<Told> told(String log, int readings) {
        var all = new ArrayList<Told>();
        for (int i = 0; i < readings; i++) all.add(new Told.Failed("the pod on the node wrote nothing of it"));
        var text = new StringBuilder();
        for (var line : log.lines().toList()) {
            var end = END.matcher(line);
            if (BEGIN.matcher(line).matches()) {
                text.setLength(0);
            } else if (end.matches() && Integer.parseInt(end.group(1)) < readings) {
                all.set(Integer.parseInt(end.group(1)),
                    end.group(2).equals("well") ? new Told.Wrote(text.toString()) : new Told.Failed(end.group(2)));
            } else {
                text.append(line).append('\n');
            }
        }
        return all;
    }
}
