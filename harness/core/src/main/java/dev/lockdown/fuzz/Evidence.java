package dev.lockdown.fuzz;

import dev.lockdown.flow.Endpoint;
import dev.lockdown.flow.Family;
import dev.lockdown.flow.Probe;
import dev.lockdown.state.Change;
import dev.lockdown.state.ExternalHost;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Writes a discrepancy as manifests, and says how to see it again.
public final class Evidence {
    private final Discrepancy discrepancy;
    private final long seed;

    Evidence(Discrepancy discrepancy, long seed) {
        this.discrepancy = discrepancy;
        this.seed = seed;
    }

    /// What is wrong, and by which policies.
    public List<String> lines() {
        var lines = new ArrayList<String>();
        lines.add(discrepancy.cell().words());
        lines.addAll(discrepancy.cell().expectation().because());
        return lines;
    }

    /// How many policies are left.
    public int policies() {
        return discrepancy.episode().last().policies().size();
    }

    public int pods() {
        return discrepancy.episode().last().pods().size();
    }

    public int states() {
        return discrepancy.episode().steps().size();
    }

    /// Write a manifest for each state and a file `repeat.sh` into a folder.
    ///
    /// @param options more for the commands, such as a defect's
    /// @return the commands that show it again: by the manifests, where a table can ask it, and by the seed
    public List<String> write(Path folder, String options) throws IOException {
        var files = new ArrayList<Path>();
        var steps = discrepancy.episode().steps();
        for (int i = 0; i < steps.size(); i++) {
            var file = folder.resolve(i == 0 ? "first.yaml" : "then-%s.yaml".formatted(i));
            Files.writeString(file, new EpisodeYaml(discrepancy.episode().upTo(i)).text());
            files.add(file);
        }
        var commands = new ArrayList<String>();
        if (discrepancy.cell().probe() instanceof Probe.Reach reach) commands.add(table(files, reach) + options);
        commands.add("./lockdown dev fuzz --seed %s --states %s%s".formatted(seed, LONGEST, options));
        var script = new ArrayList<String>(List.of("#!/bin/sh"));
        lines().forEach(line -> script.add("# " + line));
        script.add(commands.getFirst());
        Files.write(folder.resolve("repeat.sh"), script);
        return commands;
    }

    private static final int LONGEST = 12;

    private String table(List<Path> files, Probe.Reach reach) {
        var command = new StringBuilder("./lockdown table -f ").append(files.getFirst());
        files.stream().skip(1).forEach(file -> command.append(" --then ").append(file));
        command.append(switch (discrepancy.episode().families().size()) {
            case 2 -> " --dual-stack";
            default -> discrepancy.episode().families().getFirst() == Family.IPV6 ? " --ipv6" : "";
        });
        if (reach.source() instanceof Endpoint.Node) command.append(" --from-nodes");
        for (var step : discrepancy.episode().steps())
            for (var change : step) if (change instanceof Change.AddHost(var host)) command.append(" --host ").append(words(host));
        return command.append(" --only-differences").toString();
    }

    private static String words(ExternalHost host) {
        return "%s=%s".formatted(host.name(), Stream.concat(host.addresses().stream(), host.ports().stream())
            .map(Object::toString).collect(Collectors.joining(",")));
    }
}
