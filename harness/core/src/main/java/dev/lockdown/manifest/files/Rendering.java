package dev.lockdown.manifest.files;

import dev.lockdown.manifest.yaml.Source;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Has kustomizations and charts rendered by the tools that people render them with.
public final class Rendering {
    private final String searchPath;

    /// @param searchPath the folders of programs, as the variable PATH has them
    public Rendering(String searchPath) {
        this.searchPath = searchPath;
    }

    public Source kustomize(Path folder) {
        return first(folder, List.of(List.of("kubectl", "kustomize", folder.toString()), List.of("kustomize", "build", folder.toString())));
    }

    public Source helm(Path folder) {
        var name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        return first(folder, List.of(List.of("helm", "template", name, folder.toString())));
    }

    private Source first(Path folder, List<List<String>> commands) {
        if (!Files.exists(folder)) throw FileProblems.notThere(folder, null);
        for (var command : commands)
            if (program(command.getFirst()) instanceof Path program) return run(folder, program, command);
        throw FileProblems.noRenderer(folder, commands.stream().map(List::getFirst).toList());
    }

    private @Nullable Path program(String name) {
        for (var folder : searchPath.split(":", -1)) {
            var program = Path.of(folder.isEmpty() ? "." : folder, name);
            if (Files.isExecutable(program) && Files.isRegularFile(program)) return program;
        }
        return null;
    }

    private static Source run(Path folder, Path program, List<String> command) {
        var shown = String.join(" ", command);
        var arguments = new ArrayList<>(command);
        arguments.set(0, program.toString());
        try {
            var errors = Files.createTempFile("lockdown-render", ".txt");
            try {
                var process = new ProcessBuilder(arguments).redirectError(errors.toFile()).start();
                process.getOutputStream().close();
                Source source;
                try (var out = process.getInputStream()) {
                    source = ManifestFiles.source(shown, out, false);
                }
                int status = process.waitFor();
                if (status != 0) throw FileProblems.notRendered(folder, shown, status, Files.readString(errors));
                return source;
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw FileProblems.unreadable(shown, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw FileProblems.unreadable(shown, new IOException("interrupted", e));
        }
    }
}
