package dev.lockdown.manifest;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/// What can be wrong with a file before its text is looked at.
final class FileProblems {
    private FileProblems() {}

    static ManifestException notThere(Path file, NoSuchFileException cause) {
        return ManifestException.at(Position.whole(file.toString()), "there is no such file",
            "paths are taken from the folder you are in; check the spelling").causedBy(cause);
    }

    static ManifestException emptyFolder(Path folder) {
        return ManifestException.at(Position.whole(folder.toString()), "there is no manifest in this folder",
            "expected files named *.yaml, *.yml or *.json right in it; folders inside are not searched");
    }

    static ManifestException notUtf8(String file, CharacterCodingException cause) {
        return ManifestException.at(Position.whole(file), "the file is not UTF-8 text", "save it as UTF-8").causedBy(cause);
    }

    static ManifestException unreadable(String file, IOException cause) {
        return ManifestException.at(Position.whole(file), "cannot be read: " + cause, "check that it is a file and its permissions")
            .causedBy(cause);
    }
}
