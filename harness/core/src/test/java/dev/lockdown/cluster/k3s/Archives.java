package dev.lockdown.cluster.k3s;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// Image archives without layers.
final class Archives {
    private Archives() {}

    static void docker(Path file, String image) throws IOException {
        write(Files.newOutputStream(file), "manifest.json", "[{\"Config\":\"x\",\"RepoTags\":[\"%s\"],\"Layers\":[]}]".formatted(image));
    }

    static void oci(Path file, String image) throws IOException {
        write(new GZIPOutputStream(Files.newOutputStream(file)), "index.json",
            "{\"manifests\":[{\"annotations\":{\"io.containerd.image.name\":\"%s\"}}]}".formatted(image));
    }

    static void write(OutputStream to, String name, String text) throws IOException {
        var bytes = text.getBytes(StandardCharsets.UTF_8);
        try (var tar = new TarArchiveOutputStream(to)) {
            var entry = new TarArchiveEntry(name);
            entry.setSize(bytes.length);
            tar.putArchiveEntry(entry);
            tar.write(bytes);
            tar.closeArchiveEntry();
        }
    }
}
