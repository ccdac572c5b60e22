package dev.lockdown.manifest.files;

import dev.lockdown.manifest.yaml.ManifestException;
import dev.lockdown.manifest.yaml.Position;
import dev.lockdown.manifest.yaml.Quote;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What can be wrong with a file before its text is looked at.
public final class FileProblems {
    private FileProblems() {}

    static ManifestException kustomization(Path file) {
        var folder = folderOf(file);
        return ManifestException.at(Position.whole(file.toString()),
            "a kustomization is rendered before it is applied, and may change every object of its folder",
            "render it: kubectl kustomize %s > rendered.yaml; or have it rendered by -k %s".formatted(folder, folder));
    }

    static ManifestException chart(Path file) {
        var folder = folderOf(file);
        return ManifestException.at(Position.whole(file.toString()), "a chart is rendered before it is applied; its files are templates",
            "render it: helm template NAME %s > rendered.yaml; or have it rendered by --helm %s".formatted(folder, folder));
    }

    private static Path folderOf(Path file) {
        return file.getParent() == null ? Path.of(".") : file.getParent();
    }

    static ManifestException noRenderer(Path folder, List<String> programs) {
        return ManifestException.at(Position.whole(folder.toString()),
            "there is no %s on PATH to render it".formatted(String.join(" and no ", programs)),
            "install one, or render it elsewhere and name the rendered file with -f");
    }

    static ManifestException notRendered(Path folder, String command, int status, String errors) {
        return ManifestException.at(Position.whole(folder.toString()), "%s failed with status %s".formatted(command, status),
            errors.lines().limit(8).map(l -> Quote.harmless(l, 300)).collect(Collectors.joining("\n")));
    }

    static ManifestException notThere(Path file, @Nullable NoSuchFileException cause) {
        return ManifestException.at(Position.whole(file.toString()), "there is no such file",
            "paths are taken from the folder you are in; check the spelling").causedBy(cause);
    }

    static ManifestException emptyFolder(Path folder) {
        return ManifestException.at(Position.whole(folder.toString()), "there is no manifest in this folder",
            "expected files named *.yaml, *.yml or *.json right in it; -R reads the folders inside");
    }

    static ManifestException notUtf8(String file, CharacterCodingException cause) {
        return ManifestException.at(Position.whole(file), "the file is not UTF-8 text", "save it as UTF-8").causedBy(cause);
    }

    static ManifestException unreadable(String file, IOException cause) {
        return ManifestException.at(Position.whole(file), "cannot be read: " + cause, "check that it is a file and its permissions")
            .causedBy(cause);
    }
}
