package dev.lockdown.cli;

import dev.lockdown.manifest.files.ManifestInput;
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
import java.util.List;
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
        return new GitRevision(checked.out.strip(), place);
    }

    /// Read what the input names as the revision has it. Places name the files as they are named in the working tree.
    ///
    /// @throws InputException if the revision has none of the files
    List<Source> sources(ManifestInput input, String searchPath) {
        Path folder = null;
        try {
            folder = Files.createTempDirectory("lockdown-revision");
            unpack(input, folder);
            var there = new ManifestInput(within(folder, input.files()), input.recursive(), within(folder, input.kustomizations()),
                within(folder, input.charts()));
            var root = folder + "/";
            return Manifests.sources(there, searchPath).stream()
                .map(s -> new Source(Position.startOf(s.file().replace(root, "")), s.text(), s.mayBeAnything())).toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the revision %s cannot be unpacked".formatted(revision), e);
        } finally {
            if (folder != null) delete(folder);
        }
    }

    private void unpack(ManifestInput input, Path folder) throws IOException {
        var zip = Files.createTempFile("lockdown-revision", ".zip");
        try {
            var command = new ArrayList<>(List.of("archive", "--format=zip", "--output=" + zip, revision, "--"));
            for (var paths : List.of(input.files(), input.kustomizations(), input.charts())) paths.forEach(p -> command.add(p.toString()));
            // A kustomization may lead to folders beside its own.
            if (!input.kustomizations().isEmpty()) command.subList(command.indexOf("--"), command.size()).clear();
            var made = git(place, command.toArray(String[]::new));
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

    private static List<Path> within(Path folder, List<Path> paths) {
        return paths.stream().map(p -> folder.resolve(p.normalize())).toList();
    }

    private static void delete(Path folder) {
        try (var all = Files.walk(folder)) {
            for (var path : all.sorted(Comparator.reverseOrder()).toList()) Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
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
