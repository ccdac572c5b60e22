package dev.lockdown.history;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.state.InputException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A folder that grows by one small file a run and cell: `CELL/RUN.jsonl`. Each file is written once and whole, under a name of its own, so
/// that several may write at the same time, and git or rsync may carry it about.
public record HistoryFolder(Path path) {
    public static final String SUFFIX = ".jsonl";
    /// What has no cell of a matrix is kept under the words of its cluster.
    private static final int LONGEST_NAME = 120;

    /// Keep a run.
    ///
    /// @return the file that was written
    /// @throws EnvironmentException if it cannot be
    public Path add(RunDigest run) {
        var folder = path.resolve(fileName(run.info().cellName()));
        var file = file(folder, run.info());
        try {
            SharedFiles.createDirectories(folder);
            var whole = folder.resolve(".%s.tmp".formatted(UUID.randomUUID()));
            try {
                Files.writeString(whole, DigestWriter.text(run), StandardOpenOption.CREATE_NEW);
                SharedFiles.share(whole);
                Files.move(whole, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(whole);
            }
            return file;
        } catch (IOException e) {
            throw new EnvironmentException(
                "the history in %s cannot be written: %s\n  make room, or choose another place with --history DIR"
                    .formatted(path, reason(e)),
                e);
        }
    }

    /// The one that has this run already, or none that another has.
    private static Path file(Path folder, RunInfo run) {
        var name = fileName(run.run());
        var file = folder.resolve(name + SUFFIX);
        for (int number = 2; hasAnother(file, run); number++)
            file = folder.resolve("%s-%s%s".formatted(name, Integer.toString(number), SUFFIX));
        return file;
    }

    private static boolean hasAnother(Path file, RunInfo run) {
        return Files.isRegularFile(file) && known(file, _ -> {}).filter(kept -> !DigestReader.isSame(kept.head.info(), run)).isPresent();
    }

    /// A run, and the file that holds all of it.
    public record Kept(RunHead head, Path file) {
        /// @throws InputException if the file is no longer there
        public RunDigest digest(Consumer<String> notes) {
            return readFile(file, notes);
        }
    }

    /// Find every run, those of each cell by their times. What is no digest is told and left out.
    ///
    /// @param notes takes a sentence for people, from several threads
    /// @return by the name of the cell
    /// @throws InputException if there is no such folder
    public Map<String, List<Kept>> read(Consumer<String> notes) {
        if (!Files.isDirectory(path))
            throw new InputException("there is no folder %s\n  a history is made by --history DIR".formatted(path));
        var cells = new TreeMap<String, List<Kept>>();
        files().parallelStream().map(file -> known(file, notes)).flatMap(Optional::stream).toList()
            .forEach(run -> cells.computeIfAbsent(run.head.info().cellName(), _ -> new ArrayList<>()).add(run));
        cells.values()
            .forEach(runs -> runs.sort(Comparator.comparing((Kept k) -> k.head.info().at()).thenComparing(k -> k.head.info().run())));
        return cells;
    }

    private static Optional<Kept> known(Path file, Consumer<String> notes) {
        try (var lines = Files.newBufferedReader(file)) {
            return Optional.of(new Kept(DigestReader.head(file.toString(), Objects.requireNonNullElse(lines.readLine(), "")), file));
        } catch (InputException e) {
            notes.accept(firstLine(e));
            return Optional.empty();
        } catch (IOException | IllegalArgumentException _) {
            return repaired(file, notes);
        }
    }

    /// Of a file that does not begin as it should, what can be read of it.
    private static Optional<Kept> repaired(Path file, Consumer<String> notes) {
        try {
            return Optional.of(new Kept(readFile(file, notes).head(), file));
        } catch (InputException e) {
            notes.accept(firstLine(e));
            return Optional.empty();
        }
    }

    private List<Path> files() {
        try (Stream<Path> all = Files.walk(path, 2)) {
            return all.filter(f -> f.getFileName().toString().endsWith(SUFFIX) && Files.isRegularFile(f)).sorted().toList();
        } catch (IOException | UncheckedIOException e) {
            throw new InputException("the history in %s cannot be listed: %s".formatted(path, e.getMessage()));
        }
    }

    /// Read one file of a history.
    ///
    /// @throws InputException if it is no digest
    public static RunDigest readFile(Path file, Consumer<String> notes) {
        try {
            return DigestReader.read(file.toString(), Files.readString(file).lines().toList(), notes);
        } catch (MalformedInputException _) {
            return DigestReader.read(file.toString(), lines(file), notes);
        } catch (IOException e) {
            throw new InputException("%s cannot be read: %s".formatted(file, reason(e)));
        }
    }

    /// Of a file that was cut off amid a character.
    private static List<String> lines(Path file) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8).lines().toList();
        } catch (IOException e) {
            throw new InputException("%s cannot be read: %s".formatted(file, reason(e)));
        }
    }

    private static String firstLine(InputException failure) {
        return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
    }

    private static String reason(IOException failure) {
        return failure.getClass().getSimpleName().replace("Exception", "") + ": " + failure.getMessage();
    }

    /// A name as a file system takes it.
    public static String fileName(String name) {
        var safe = name.strip().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9._=@+-]+", "-").replaceAll("^[.-]+|-+$", "");
        return safe.isEmpty() ? "run" : safe.substring(0, Math.min(safe.length(), LONGEST_NAME));
    }
}
