package dev.lockdown.manifest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Finds and reads the files of manifests.
final class ManifestFiles {
    private ManifestFiles() {}

    static List<Source> sources(List<Path> paths) {
        var sources = new ArrayList<Source>();
        for (var path : paths) {
            if (path.toString().equals("-")) sources.add(source("standard input", System.in));
            else for (var file : files(path)) sources.add(source(file));
        }
        return sources;
    }

    /// As `kubectl apply -f` does: the files of a folder in the order of their names, not those of folders inside.
    private static List<Path> files(Path path) {
        if (!Files.isDirectory(path)) return List.of(path);
        try (var files = Files.list(path)) {
            var found = files.filter(Files::isRegularFile).filter(f -> f.toString().matches("(?s).*\\.(yaml|yml|json)")).sorted().toList();
            if (found.isEmpty()) throw FileProblems.emptyFolder(path);
            return found;
        } catch (IOException e) {
            throw FileProblems.unreadable(path.toString(), e);
        }
    }

    private static Source source(Path file) {
        try (var in = Files.newInputStream(file)) {
            return source(file.toString(), in);
        } catch (NoSuchFileException e) {
            throw FileProblems.notThere(file, e);
        } catch (IOException e) {
            throw FileProblems.unreadable(file.toString(), e);
        }
    }

    static Source source(String name, InputStream in) {
        try {
            var bytes = in.readNBytes(Source.LONGEST + 1);
            if (bytes.length > Source.LONGEST) throw YamlProblems.tooLong(Position.whole(name), Source.LONGEST);
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new Source(Position.startOf(name), text);
        } catch (CharacterCodingException e) {
            throw FileProblems.notUtf8(name, e);
        } catch (IOException e) {
            throw FileProblems.unreadable(name, e);
        }
    }
}
