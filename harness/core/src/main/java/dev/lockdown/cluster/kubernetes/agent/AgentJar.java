package dev.lockdown.cluster.kubernetes.agent;

import dev.lockdown.pod.AgentMain;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.jar.JarOutputStream;
import java.util.zip.ZipEntry;

/// The agent's own jar, as it goes into a ConfigMap: so no image has to be built or pushed.
public final class AgentJar {
    public static final String NAME = "agent.jar";

    private AgentJar() {}

    /// Read it from where this process has it, and pack it where that is a folder of classes.
    public static String base64() {
        try {
            var place = Path.of(AgentMain.class.getProtectionDomain().getCodeSource().getLocation().toURI());
            return Base64.getEncoder().encodeToString(Files.isDirectory(place) ? packed(place) : Files.readAllBytes(place));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] packed(Path folder) throws IOException {
        var bytes = new ByteArrayOutputStream();
        try (var jar = new JarOutputStream(bytes); var files = Files.walk(folder)) {
            for (var file : files.filter(Files::isRegularFile).sorted().toList()) {
                jar.putNextEntry(new ZipEntry(folder.relativize(file).toString().replace('\\', '/')));
                jar.write(Files.readAllBytes(file));
                jar.closeEntry();
            }
        }
        return bytes.toByteArray();
    }
}
