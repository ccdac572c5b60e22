package dev.lockdown.archive;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.lockdown.archive.Blobs.Layer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;

/// What an image stands on: a root file system in one tar, or the layers of an image that was saved to a file, as Docker's archive or as the
/// OCI image layout.
///
/// @param layers from the lowest
/// @param environment its variables
record BaseImage(List<Layer> layers, Map<String, String> environment) {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DOCKER = "manifest.json";
    private static final String OCI = "index.json";
    /// What the launcher and the embedded cluster call, by the names of the files.
    private static final List<String> NEEDED =
        List.of("sh", "readlink", "id", "find", "stty", "unshare", "ip", "libnftables.so.1", "libc.so.6");

    /// Read a base.
    ///
    /// @param architecture as Go has it, `amd64`
    /// @throws BadBaseException if it is none, or lacks what is needed
    static BaseImage read(Path file, String architecture, Blobs blobs) throws IOException {
        if (!Files.isRegularFile(file)) throw BadBaseException.of(file, Files.exists(file) ? "is no file" : "is not there");
        var image = image(file, architecture, blobs);
        image.requireAllThatIsNeeded(file);
        return image;
    }

    private static BaseImage image(Path file, String architecture, Blobs blobs) throws IOException {
        var texts = texts(file);
        if (texts.containsKey(DOCKER)) return docker(file, texts, blobs);
        if (texts.containsKey(OCI)) return oci(file, texts, architecture, blobs);
        try (var in = Files.newInputStream(file)) {
            return new BaseImage(List.of(blobs.copied("base", in)), Map.of());
        }
    }

    /// What an archive has of small files; the JSON of an image is among them.
    private static Map<String, byte[]> texts(Path file) throws IOException {
        var texts = new TreeMap<String, byte[]>();
        try (var tar = tar(Files.newInputStream(file))) {
            int entries = 0;
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries++;
                if (entry.isFile() && entry.getSize() < 1 << 20 && (isImagePart(name(entry)))) texts.put(name(entry), tar.readAllBytes());
            }
            if (entries == 0) throw new IOException("it has no entries");
            return texts;
        } catch (IOException e) {
            throw BadBaseException.of(file, "is no tar, nor one that gzip compressed: " + e.getMessage());
        }
    }

    private static boolean isImagePart(String name) {
        return !name.contains("/") && name.endsWith(".json") || name.startsWith("blobs/sha256/");
    }

    private static BaseImage docker(Path file, Map<String, byte[]> texts, Blobs blobs) throws IOException {
        var manifest = JSON.readTree(texts.get(DOCKER)).path(0);
        var layers = elements(manifest.path("Layers")).map(JsonNode::asText).toList();
        return new BaseImage(copied(file, layers, blobs), environment(texts, manifest.path("Config").asText()));
    }

    private static BaseImage oci(Path file, Map<String, byte[]> texts, String architecture, Blobs blobs) throws IOException {
        var manifest = JSON.readTree(texts.get(OCI));
        while (manifest.has("manifests")) {
            var fitting = elements(manifest.path("manifests")).filter(m -> fits(m.path("platform"), architecture)).findFirst()
                .orElseThrow(() -> BadBaseException.of(file, "has no image for linux/" + architecture));
            manifest = JSON.readTree(texts.getOrDefault(blob(fitting), new byte[0]));
        }
        var layers = elements(manifest.path("layers")).map(BaseImage::blob).toList();
        return new BaseImage(copied(file, layers, blobs), environment(texts, blob(manifest.path("config"))));
    }

    private static boolean fits(JsonNode platform, String architecture) {
        return platform.isMissingNode()
            || platform.path("os").asText().equals("linux") && platform.path("architecture").asText().equals(architecture);
    }

    private static String blob(JsonNode descriptor) {
        return "blobs/" + descriptor.path("digest").asText().replace(':', '/');
    }

    private static Stream<JsonNode> elements(JsonNode array) {
        return StreamSupport.stream(array.spliterator(), false);
    }

    private static Map<String, String> environment(Map<String, byte[]> texts, String config) throws IOException {
        var environment = new TreeMap<String, String>();
        for (var variable : JSON.readTree(texts.getOrDefault(config, new byte[0])).path("config").path("Env")) {
            var parts = variable.asText().split("=", 2);
            environment.put(parts[0], parts.length == 1 ? "" : parts[1]);
        }
        return environment;
    }

    private static List<Layer> copied(Path file, List<String> names, Blobs blobs) throws IOException {
        var found = new HashMap<String, Layer>();
        try (var tar = tar(Files.newInputStream(file))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry())
                if (entry.isFile() && names.contains(name(entry))) found.put(name(entry), blobs.copied("base", tar));
        }
        var layers = new ArrayList<Layer>();
        for (var name : names) {
            var layer = found.get(name);
            if (layer == null) throw BadBaseException.of(file, "names a layer that it does not have: " + name);
            layers.add(layer);
        }
        return layers;
    }

    private static TarArchiveInputStream tar(InputStream in) throws IOException {
        return new TarArchiveInputStream(Blobs.unzipped(in), "UTF-8");
    }

    private static String name(TarArchiveEntry entry) {
        return entry.getName().replaceFirst("^(\\./)+", "");
    }

    private void requireAllThatIsNeeded(Path file) throws IOException {
        var there = new HashSet<String>();
        for (var layer : layers) there.addAll(fileNames(layer));
        var lacking = NEEDED.stream().filter(n -> !there.contains(n)).toList();
        if (!lacking.isEmpty()) throw BadBaseException.of(file, "lacks what Lockdown needs: " + String.join(", ", lacking));
    }

    private static Set<String> fileNames(Layer layer) throws IOException {
        var names = new HashSet<String>();
        try (var tar = tar(Files.newInputStream(layer.blob().file()))) {
            for (var entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry())
                if (!entry.isDirectory()) names.add(entry.getName().substring(entry.getName().lastIndexOf('/') + 1));
        } catch (IOException e) {
            throw BadBaseException.of(layer.blob().file(), "has a layer that cannot be read: " + e.getMessage());
        }
        return names;
    }
}
