package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.EnvironmentException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// The messages of all failures to bring a cluster up: in which phase, what failed, why as far as it is known, and what to do.
final class K3sProblems {
    private static final int LINES = 8;
    private static final int WIDTH = 220;

    /// What engines, kernels and k3s say, and what that means.
    private enum Cause {
        DISK("no space left on device|disk quota exceeded", """
            the disk of Docker is full
              make room:  docker system df;  docker system prune"""), CAPABILITIES(
            "unable to apply caps|cap_sys_resource|privileged mode is incompatible|privileged.*(not allowed|forbidden)", """
            Docker may not start privileged containers here, which nodes of Kubernetes must be
              it runs in a container or virtual machine itself: start that one with --privileged (CAP_SYS_RESOURCE is often what lacks)
              where that cannot be, the embedded cluster needs no Docker:  ./lockdown run"""), CGROUP(
                "not (to )?run on a host using cgroup v1|failed to find (cpu|memory|pids) cgroup|failed to evacuate root cgroup"
                    + "|cgroup.*(not mounted|read-only file system)",
                """
                k3s cannot use the cgroups of this host
                  boot with cgroup v2, or take an older k3s:  --k3s-version v1.34.9-k3s1"""), SHARED(
                    "is not a shared mount|not a shared or slave mount", """
            a pod of the CNI wants a shared mount; give its file in fixtures/cnis  mounts: {shared: [/]}"""), KERNEL_MODULE(
                        "(vxlan|wireguard|br_netfilter|ip_set|overlay).*(not supported|not found|operation not supported|no such device)", """
            the host's kernel lacks a module that this network needs; load it there:  modprobe vxlan br_netfilter ip_set overlay"""), IPV6(
                            "ipv6.*(disabled|not enabled|not supported)|could not find an available.*ipv6",
                            """
            Docker has no IPv6 here; leave --dual-stack out, or switch it on in its daemon.json: "ipv6": true, "ip6tables": true"""), PULLING(
                                "imagepullbackoff|errimagepull|pull access denied|manifest unknown|failed to pull", """
            an image cannot be pulled
              by a mirror:   --registries FILE (k3s's registries.yaml)
              from archives: --images DIR; ./lockdown doctor --cluster k3s:CNI --images lists which"""), VANISHED(
                                    "connection refused|broken pipe|connection reset|no such file or directory.*sock|is the docker daemon running"
                                        + "|cannot connect to the docker daemon|nohttpresponse|eof",
                                    """
                Docker went away while k3s came up; look at it:  docker info""");

        final Pattern sign;
        final String advice;

        Cause(String sign, String advice) {
            this.sign = Pattern.compile(sign);
            this.advice = advice;
        }
    }

    private K3sProblems() {}

    static EnvironmentException noImage(String image, K3sRequest request, EngineException e) {
        if (cause(e.getMessage()) == Cause.DISK) return engine(request.cni(), e);
        return new EnvironmentException("""
            the image %s is not there and cannot be pulled: %s
              another version or a mirror's name:  --k3s-version NAME:TAG
              from an archive (docker save):       --images DIR%s""".formatted(image, oneLine(e.getMessage()),
            request.images() == null ? "" : ", where no archive has it"), e);
    }

    static EnvironmentException engine(Cni cni, EngineException e) {
        return new EnvironmentException("k3s (%s) is not up: %s%s".formatted(cni, oneLine(e.getMessage()), advice(e.getMessage())), e);
    }

    static EnvironmentException notStarted(K3sRequest request, Phase phase, String container, EngineException e, List<String> lines) {
        return failed(request, phase, "%s did not start: %s".formatted(container, oneLine(e.getMessage())), lines, container, e);
    }

    static EnvironmentException ended(K3sRequest request, Phase phase, String container, String how, List<String> lines) {
        return failed(request, phase, "the container of %s ended %s".formatted(container, how), lines, container, null);
    }

    static EnvironmentException tooLong(K3sRequest request, Phase phase, Duration deadline, String what, List<String> lines) {
        return failed(request, phase, "%s is not ready after %s s; it waits for: %s".formatted(phase, deadline.toSeconds(), what), lines,
            "k3s", null);
    }

    static EnvironmentException stopped() {
        return new EnvironmentException("interrupted while k3s came up", null);
    }

    private static EnvironmentException failed(K3sRequest request, Phase phase, String problem, List<String> lines, String talker,
            @Nullable Throwable cause) {
        var last = lines.subList(Math.max(0, lines.size() - LINES), lines.size());
        var said = last.isEmpty() ? "" : "\n  %s said last:\n%s".formatted(talker,
            String.join("\n", last.stream().map(l -> "    " + cut(l)).toList()));
        return new EnvironmentException("k3s (%s) is not up, at %s: %s%s%s".formatted(request.cni(), phase, problem,
            advice(problem + "\n" + String.join("\n", lines)), said), cause);
    }

    private static String advice(@Nullable String text) {
        var cause = cause(text);
        return cause == null ? "" : "\n" + cause.advice.indent(2).stripTrailing();
    }

    private static @Nullable Cause cause(@Nullable String text) {
        var lower = String.valueOf(text).toLowerCase(Locale.ROOT);
        for (var cause : Cause.values()) if (cause.sign.matcher(lower).find()) return cause;
        return null;
    }

    private static String oneLine(@Nullable String text) {
        return cut(String.valueOf(text).strip().replaceAll("\\s*\\n\\s*", " "));
    }

    private static String cut(String line) {
        return line.length() <= WIDTH ? line : line.substring(0, WIDTH - 1) + "…";
    }
}
