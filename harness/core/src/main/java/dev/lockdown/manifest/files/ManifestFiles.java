package dev.lockdown.manifest.files;

import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Source;
import dev.lockdown.manifest.yaml.YamlProblems;
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
import java.util.Set;

/// Finds and reads the files of manifests.
public final class ManifestFiles {
    private static final Set<String> KUSTOMIZATIONS = Set.of("kustomization.yaml", "kustomization.yml", "Kustomization");

    private ManifestFiles() {}

    public static List<Source> sources(List<Path> paths) {
        return sources(paths, false);
    }

    /// @param recursive whether the folders inside a folder are read, too
    public static List<Source> sources(List<Path> paths, boolean recursive) {
        var sources = new ArrayList<Source>();
        for (var path : paths) {
            if (path.toString().equals("-")) sources.add(source("standard input", System.in, false));
            else if (Files.isDirectory(path)) for (var file : files(path, recursive)) sources.add(source(file, true));
            else sources.add(source(path, false));
        }
        return sources;
    }

    /// As `kubectl apply -f` does: the files of a folder in the order of their names, not those of folders inside.
    private static List<Path> files(Path folder, boolean recursive) {
        try (var files = Files.walk(folder, recursive ? Integer.MAX_VALUE : 1)) {
            var all = files.filter(Files::isRegularFile).sorted().toList();
            all.forEach(ManifestFiles::requireRendered);
            var found = all.stream().filter(f -> f.toString().matches("(?s).*\\.(yaml|yml|json)")).toList();
            if (found.isEmpty()) throw FileProblems.emptyFolder(folder);
            return found;
        } catch (IOException e) {
            throw FileProblems.unreadable(folder.toString(), e);
        }
    }

    /// What a folder with a kustomization or a chart holds is not what a cluster gets.
    private static void requireRendered(Path file) {
        var name = String.valueOf(file.getFileName());
        if (KUSTOMIZATIONS.contains(name)) throw FileProblems.kustomization(file);
        if (name.equals("Chart.yaml")) throw FileProblems.chart(file);
    }

    private static Source source(Path file, boolean mayBeAnything) {
        try (var in = Files.newInputStream(file)) {
            return source(file.toString(), in, mayBeAnything);
        } catch (NoSuchFileException e) {
            throw FileProblems.notThere(file, e);
        } catch (IOException e) {
            throw FileProblems.unreadable(file.toString(), e);
        }
    }

    static Source source(String name, InputStream in, boolean mayBeAnything) {
        try {
            var bytes = in.readNBytes(Source.LONGEST + 1);
            if (bytes.length > Source.LONGEST) throw YamlProblems.tooLong(Position.whole(name), Source.LONGEST);
            var text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return new Source(Position.startOf(name), text, mayBeAnything);
        } catch (CharacterCodingException e) {
            throw FileProblems.notUtf8(name, e);
        } catch (IOException e) {
            throw FileProblems.unreadable(name, e);
        }
    }
}
