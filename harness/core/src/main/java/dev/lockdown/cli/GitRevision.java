package dev.lockdown.cli;

import dev.lockdown.manifest.files.ManifestInput;
import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.manifest.Manifests;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.zip.ZipFile;

/// Manifests as they were in a revision of the git repository that one stands in.
final class GitRevision {
    private final String revision;
    private final Path place;

    private GitRevision(String revision, Path place) {
        this.revision = revision;
        this.place = place;
    }

    /// @param option that the text was given to, for messages
    /// @throws InputException if there is no such revision, or no repository
    static GitRevision of(String option, String text) {
        return of(option, text, Path.of(""));
    }

    /// @param place a folder of the repository, from which paths are taken
    static GitRevision of(String option, String text, Path place) {
        var checked = git(place, "rev-parse", "--verify", "--quiet", "--end-of-options", text + "^{commit}");
        if (checked.status != 0 || text.startsWith("-"))
            throw new InputException("%s %s: there is no such folder or file, and no such revision of git here".formatted(option, text));
        return new GitRevision(text, place);
    }

    /// Read what the input names as the revision has it. Places name the files as they are named in the working tree.
    ///
    /// @throws InputException if the revision has none of the files
    /// @throws ManifestException if they cannot be rendered
    List<Source> sources(ManifestInput input, String searchPath) {
        var paths = new RepositoryPaths(top(), git("rev-parse", "--show-prefix").out.strip());
        Path folder = null;
        try {
            folder = Files.createTempDirectory("lockdown-revision");
            // A chart's release is named after its folder.
            var root = Files.createDirectory(folder.resolve(paths.top.getFileName()));
            unpack(input, paths, root);
            var unpacked = new Unpacked(root, paths, revision);
            var there = new ManifestInput(unpacked.all(input.files()), input.recursive(), unpacked.all(input.kustomizations()),
                unpacked.all(input.charts()));
            return unpacked.named(() -> Manifests.sources(there, searchPath));
        } catch (IOException e) {
            throw new UncheckedIOException("the revision %s cannot be unpacked".formatted(revision), e);
        } finally {
            if (folder != null) delete(folder);
        }
    }

    private Path top() {
        return Path.of(git("rev-parse", "--show-toplevel").out.strip());
    }

    /// Where in the repository the paths of somebody are who stands in one of its folders.
    private record RepositoryPaths(Path top, String prefix) {
        /// @throws InputException if it is not in the repository
        Path inside(Path path) {
            var inside = path.isAbsolute() ? top.relativize(path.normalize()) : Path.of(prefix).resolve(path).normalize();
            if (inside.startsWith("..")) throw new InputException("%s is outside of the repository, so no revision has it".formatted(path));
            return inside;
        }
    }

    /// The files of a revision in a folder of their own, which nobody is to read of.
    private record Unpacked(Path root, RepositoryPaths paths, String revision, Map<String, String> names) {
        Unpacked(Path root, RepositoryPaths paths, String revision) {
            this(root, paths, revision, new LinkedHashMap<>());
        }

        List<Path> all(List<Path> named) {
            return named.stream().map(this::of).toList();
        }

        private Path of(Path named) {
            var there = root.resolve(paths.inside(named)).normalize();
            if (!Files.exists(there))
                throw new InputException("the revision %s does not have what was named: %s".formatted(revision, named));
            names.put(there.toString(), named.toString());
            return there;
        }

        List<Source> named(Supplier<List<Source>> reading) {
            try {
                return reading.get().stream().map(s -> new Source(Position.startOf(named(s.file())), s.text(), s.mayBeAnything())).toList();
            } catch (ManifestException e) {
                throw ManifestException.ofAll(e.all().stream()
                    .map(m -> ManifestException.at(Position.whole(named(m.position().file())), named(m.problem()), named(m.advice())))
                    .toList());
            }
        }

        private String named(String text) {
            var named = text;
            for (var name : names.entrySet()) named = named.replace(name.getKey(), name.getValue());
            return named.replace(root + "/", "");
        }
    }

    private void unpack(ManifestInput input, RepositoryPaths paths, Path folder) throws IOException {
        var zip = Files.createTempFile("lockdown-revision", ".zip");
        try {
            var command = new ArrayList<>(List.of("archive", "--format=zip", "--output=" + zip, revision));
            // A kustomization may lead to folders beside its own.
            if (input.kustomizations().isEmpty()) {
                command.add("--");
                for (var named : List.of(input.files(), input.charts())) named.forEach(p -> command.add(pathspec(paths.inside(p))));
            }
            var made = git(paths.top, command.toArray(String[]::new));
            if (made.status != 0)
                throw new InputException("the revision %s does not have what was named: %s".formatted(revision, made.err.strip()));
            try (var archive = new ZipFile(zip.toFile())) {
                for (var entries = archive.entries(); entries.hasMoreElements();) {
                    var entry = entries.nextElement();
                    var to = folder.resolve(entry.getName()).normalize();
                    if (entry.isDirectory() || !to.startsWith(folder)) continue;
                    Files.createDirectories(to.getParent());
                    try (var in = archive.getInputStream(entry)) {
                        Files.copy(in, to);
                    }
                }
            }
        } finally {
            Files.deleteIfExists(zip);
        }
    }

    /// The whole repository where one stands at its top and names that.
    private static String pathspec(Path inside) {
        return inside.toString().isEmpty() ? "." : inside.toString();
    }

    private static void delete(Path folder) {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Ran git(String... words) {
        return git(place, words);
    }

    private record Ran(int status, String out, String err) {}

    private static Ran git(Path place, String... words) {
        var command = new ArrayList<>(List.of("git"));
        command.addAll(List.of(words));
        try {
            var errors = Files.createTempFile("lockdown-git", ".txt");
            try {
                var process = new ProcessBuilder(command).directory(place.toAbsolutePath().toFile()).redirectError(errors.toFile()).start();
                process.getOutputStream().close();
                var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
                return new Ran(process.waitFor(), out, Files.readString(errors));
            } finally {
                Files.deleteIfExists(errors);
            }
        } catch (IOException e) {
            throw new InputException("git cannot be run, and a revision is read by it: " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }
}
