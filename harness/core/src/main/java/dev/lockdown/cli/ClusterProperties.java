package dev.lockdown.cli;

import dev.lockdown.cluster.Backend;
import dev.lockdown.cluster.CniNames;
import dev.lockdown.state.InputException;
import dev.lockdown.state.NearestWord;
import java.io.OutputStreamWriter;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;

/// The cluster that properties choose in the words of a command's options, for runs that nobody types: `lockdown.cluster=k3s:cilium` is
/// `--cluster k3s:cilium`, `lockdown.accept-unseen=true` is `--accept-unseen`, `lockdown.map=shop=shop-test,api=api-test` is `--map` twice.
///
/// ```java
/// var cluster = ClusterProperties.of(properties, System.getenv(), Path.of("target/lockdown"), clock);
/// try (var backend = cluster.backend()) { … }
/// ```
public final class ClusterProperties {
    private static final String PREFIX = "lockdown.";
    /// Where the clone is, which has the CNIs of k3s.
    private static final String HOME = "home";
    private static final String VERSIONS = "fixtures/k3s.yaml";

    private final ClusterOptions options;
    private final List<String> words;
    private final @Nullable Path clone;
    private final ProcessContext context;
    private final Map<String, String> environment;

    private ClusterProperties(ClusterOptions options, List<String> words, @Nullable Path clone, ProcessContext context,
            Map<String, String> environment) {
        this.options = options;
        this.words = words;
        this.clone = clone;
        this.context = context;
        this.environment = environment;
    }

    /// Read what begins with `lockdown.`, and nothing else.
    ///
    /// @param environment in which `LOCKDOWN_CLUSTER` chooses the cluster too
    /// @param reports holds what must be remembered of a cluster, where Lockdown's clone is not at hand
    /// @throws InputException if a property is none of ours, or its value cannot be used
    public static ClusterProperties of(Map<String, String> properties, Map<String, String> environment, Path reports,
            InstantSource clock) {
        var spec = CommandSpec.create().name("suite");
        ClusterOptions.addTo(spec);
        var words = words(spec, properties);
        var home = properties.get(PREFIX + HOME);
        var clone = home == null ? findClone() : Path.of(home);
        try {
            var options = ClusterOptions.of(new CommandLine(spec).parseArgs(words.toArray(String[]::new)), environment);
            var err = new PrintWriter(new SafeWriter(new OutputStreamWriter(System.err, StandardCharsets.UTF_8), false), true);
            return new ClusterProperties(options, words, clone,
                new ProcessContext(clone == null ? reports : clone, err, err, TerminalTraits.of(false, StandardCharsets.UTF_8, environment),
                    new Cleanup(), clock),
                environment);
        } catch (ParameterException e) {
            throw new InputException(inProperties(UsageErrors.message(e)));
        }
    }

    private static List<String> words(CommandSpec spec, Map<String, String> properties) {
        var words = new ArrayList<String>();
        new TreeMap<>(properties).forEach((property, value) -> {
            if (!property.startsWith(PREFIX) || property.equals(PREFIX + HOME)) return;
            var option = spec.findOption("--" + property.substring(PREFIX.length()));
            if (option == null) throw unknown(spec, property);
            words.addAll(words(option, property, value));
        });
        return words;
    }

    private static List<String> words(OptionSpec option, String property, String value) {
        if (option.arity().max() == 0) return switch (value) {
            case "", "true" -> List.of(option.longestName());
            case "false" -> List.of();
            default -> throw new InputException("%s: \"%s\" is neither true nor false".formatted(property, value));
        };
        // The Maven that passes a property on gives it an empty value where nobody chose one.
        if (value.isEmpty()) return List.of();
        var values = option.isMultiValue() ? List.of(value.split(",", -1)) : List.of(value);
        return values.stream().map(v -> "%s=%s".formatted(option.longestName(), v.strip())).toList();
    }

    private static InputException unknown(CommandSpec spec, String property) {
        var known =
            Stream.concat(spec.options().stream().map(o -> PREFIX + o.longestName().substring(2)), Stream.of(PREFIX + HOME)).sorted()
                .toList();
        return new InputException("there is no property \"%s\"\n  %s".formatted(property,
            NearestWord.of(property, known).map("did you mean %s?"::formatted).orElseGet(() -> "there are " + String.join(", ", known))));
    }

    private static String inProperties(String message) {
        return message.replaceAll("--(?=[a-z])", PREFIX);
    }

    private static @Nullable Path findClone() {
        for (var folder = Path.of("").toAbsolutePath(); folder != null; folder = folder.getParent())
            if (Files.exists(folder.resolve(VERSIONS)) && Files.exists(folder.resolve("lockdown"))) return folder;
        return null;
    }

    /// Make the cluster ready to be used.
    ///
    /// @throws InputException if it needs what is not here
    /// @throws dev.lockdown.cluster.EnvironmentException if this machine or that cluster cannot
    public Backend backend() {
        if (options.choice() instanceof ClusterChoice.K3s && (clone == null || !Files.exists(clone.resolve(VERSIONS))))
            throw new InputException("""
                lockdown.cluster=%s: %s is not found, which says the versions of k3s; it is in Lockdown's clone
                  say where that is: -Dlockdown.home=FOLDER""".formatted(Clusters.words(options), VERSIONS));
        return new Clusters(context, environment).backend(options);
    }

    /// What a run says of its cluster: how it was chosen, and what it is.
    public String words(Backend backend) {
        return Clusters.words(options, backend);
    }

    /// The network plugins that features may name; any where there is no clone that says which.
    public Supplier<CniNames> cniNames() {
        return clone == null ? () -> CniNames.UNKNOWN : Clusters.cniNames(clone);
    }

    public boolean isEmbedded() {
        return options.choice() instanceof ClusterChoice.Embedded;
    }

    /// Whether manifests may have policies that are not read.
    public boolean acceptsUnseen() {
        return options.acceptUnseen();
    }

    public String version() {
        return Version.own().full();
    }

    /// What to type to run the same on the same cluster.
    ///
    /// @param features to run
    public List<String> command(List<String> features) {
        var command = Stream.of(environment.getOrDefault("LOCKDOWN_COMMAND", lockdown()), "run");
        return Stream.of(command, features.stream(), words.stream()).flatMap(s -> s).collect(Collectors.toUnmodifiableList());
    }

    private String lockdown() {
        return Optional.ofNullable(clone).map(c -> c.resolve("lockdown")).filter(Files::exists)
            .map(l -> typed(l.toAbsolutePath().normalize())).orElse("lockdown");
    }

    /// Within the clone as short as it can be; its path says nothing of the machine then.
    private static String typed(Path launcher) {
        var here = Path.of("").toAbsolutePath();
        var path = here.startsWith(launcher.getParent()) ? here.relativize(launcher) : launcher;
        return path.getNameCount() > 1 || launcher.equals(path) ? path.toString() : "./" + path;
    }

    /// Close something also if the process is interrupted, the last first; see [Cleanup].
    public void closeIfInterrupted(AutoCloseable resource) {
        context.cleanup().add(resource);
    }

    /// What is to be done when the process is interrupted before [#over].
    public void interrupt() {
        context.cleanup().interrupt(context.err());
    }

    /// Tell that all is closed.
    public void over() {
        context.cleanup().over();
    }
}
