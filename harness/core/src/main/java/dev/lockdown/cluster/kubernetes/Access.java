package dev.lockdown.cluster.kubernetes;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.kubernetes.system.LateCalls;
import dev.lockdown.state.OutsideText;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.jdkhttp.JdkHttpClientFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// How to reach a cluster's API.
public sealed interface Access {
    /// kubectl's configuration from a file.
    ///
    /// @param context null means the current one
    record File(Path file, @Nullable String context) implements Access {}

    /// The same as text, as a cluster gives it that was just made.
    record Text(String kubeconfig) implements Access {}

    /// A pod's own service account, as the kubelet mounts it: its token is another after a while.
    ///
    /// @see <a href="https://kubernetes.io/docs/tasks/run-application/access-api-from-pod/">access to the API from a pod</a>
    record InCluster(String server, Path mount) implements Access {
        static final Path MOUNT = Path.of("/var/run/secrets/kubernetes.io/serviceaccount");

        private String token() {
            return read(mount.resolve("token")).strip();
        }
    }

    /// Find a configuration as kubectl does: the option, `KUBECONFIG`, `~/.kube/config`, and in a pod its service account.
    ///
    /// @throws EnvironmentException if there is none
    static Access find(@Nullable Path option, @Nullable String context, Map<String, String> environment) {
        return find(option, context, environment, InCluster.MOUNT);
    }

    /// @param mount where a pod's service account would be
    static Access find(@Nullable Path option, @Nullable String context, Map<String, String> environment, Path mount) {
        var named = environment.getOrDefault("KUBECONFIG", "");
        var home = Path.of(environment.getOrDefault("HOME", "/"), ".kube", "config");
        var file = option != null ? option
            : named.isEmpty() ? home
            : Stream.of(named.split(":")).filter(f -> !f.isEmpty()).map(Path::of).filter(Files::exists).findFirst()
                .orElse(Path.of(named));
        var host = environment.getOrDefault("KUBERNETES_SERVICE_HOST", "");
        if (option == null && named.isEmpty() && context == null && !Files.exists(file) && !host.isEmpty()
            && Files.isReadable(mount.resolve("token")))
            return new InCluster("https://%s:%s".formatted(host.contains(":") ? "[" + host + "]" : host,
                environment.getOrDefault("KUBERNETES_SERVICE_PORT", "443")), mount);
        if (!Files.isReadable(file))
            throw new EnvironmentException("no kubeconfig: %s %s; name one with --kubeconfig FILE or KUBECONFIG".formatted(file,
                Files.exists(file) ? "cannot be read" : "is not there"), null);
        return new File(file, context);
    }

    /// Read the configuration and make a client of it, which sends nothing before it is used.
    ///
    /// @throws EnvironmentException if the configuration is of no use
    default KubernetesClient client() {
        return client(Deadlines.USUAL.request(), new LateCalls());
    }

    /// The same, with a deadline for each call.
    ///
    /// @param late hears of calls that were given up
    default KubernetesClient client(Duration request, LateCalls late) {
        try {
            return new KubernetesClientBuilder().withConfig(patient(config(), request)).withHttpClientFactory(new JdkHttpClientFactory())
                .withHttpClientBuilderConsumer(builder -> builder.addOrReplaceInterceptor("late calls", late)).build();
        } catch (EnvironmentException e) {
            throw e;
        } catch (RuntimeException e) {
            // fabric8 lets everything through that its YAML reader, its Base64 and its key readers throw.
            throw new EnvironmentException("%s is no kubeconfig that can be used: %s".formatted(place(), firstLine(e)), e);
        }
    }

    private String place() {
        return switch (this) {
            case File(var file, _) -> file.toString();
            case Text _ -> "what the cluster gave";
            case InCluster(_, var mount) -> "the service account in " + mount;
        };
    }

    private static String firstLine(Throwable failure) {
        var message = failure.getMessage() == null ? failure.getClass().getSimpleName() : OutsideText.withoutSecrets(failure.getMessage());
        return message.lines().findFirst().orElse(message);
    }

    private Config config() {
        return switch (this) {
            case Text(var kubeconfig) -> Config.fromKubeconfig(kubeconfig);
            case InCluster own -> {
                var authority = own.mount().resolve("ca.crt");
                var config = new ConfigBuilder(Config.empty()).withMasterUrl(own.server()).withOauthTokenProvider(own::token);
                yield (Files.exists(authority) ? config.withCaCertFile(authority.toString()) : config).build();
            }
            case File(var file, var context) -> {
                read(file);
                var config = Config.fromKubeconfig(context, file.toFile());
                var known = config.getContexts() == null ? List.<String>of() : config.getContexts().stream().map(c -> c.getName()).toList();
                if (context != null && !known.contains(context))
                    throw new EnvironmentException("%s has no context \"%s\"; it has: %s".formatted(file, context,
                        known.isEmpty() ? "none" : String.join(", ", known)), null);
                if (config.getCurrentContext() == null)
                    throw new EnvironmentException("%s names no current context; choose one with --context: %s".formatted(file,
                        known.isEmpty() ? "there is none" : String.join(", ", known)), null);
                yield config;
            }
        };
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new EnvironmentException("%s cannot be read: %s".formatted(file, e.getMessage()), e);
        }
    }

    /// Without limits a request that hangs costs 129 s.
    private static Config patient(Config config, Duration request) {
        return new ConfigBuilder(config).withRequestTimeout(Math.toIntExact(request.toMillis())).withConnectionTimeout(5_000)
            .withRequestRetryBackoffLimit(2)
            .withRequestRetryBackoffInterval(100).withWatchReconnectInterval(200).build();
    }
}
