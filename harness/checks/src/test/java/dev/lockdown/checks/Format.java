package dev.lockdown.checks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// Lays out every Java file of the repository anew: `./lockdown dev format`.
public final class Format {
    private final Path repository;
    private final Formatter formatter;

    Format(Path repository) {
        this.repository = repository;
        this.formatter = Formatter.of(repository.resolve("harness/checks/formatter.xml"));
    }

    /// @param arguments the repository's folder
    public static void main(String[] arguments) throws IOException {
        var format = new Format(Path.of(arguments[0]));
        for (var file : format.files()) {
            var source = Files.readString(file);
            var formatted = format.formatter.format(source);
            if (formatted.equals(source)) continue;
            Files.writeString(file, formatted);
            System.out.println("formatted " + format.repository.relativize(file));
        }
    }

    /// The sources of all modules, without what is generated.
    List<Path> files() {
        try (var all = Files.walk(repository)) {
            return all.filter(f -> f.toString().endsWith(".java") && f.toString().contains("/src/")).sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    boolean isFormatted(Path file) {
        try {
            var source = Files.readString(file);
            return formatter.format(source).equals(source);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }
}
