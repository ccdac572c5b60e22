package dev.lockdown.archive;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.lockdown.archive.Blobs.Blob;
import dev.lockdown.archive.Blobs.Layer;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// One image in one file: the OCI image layout in a tar, with the manifest beside it that `docker load` read before it knew that layout.
///
/// See https://github.com/opencontainers/image-spec, image-layout.md, manifest.md and config.md.
final class OciLayout {
    private static final String MEDIA_TYPE = "application/vnd.oci.image.";
    private static final ObjectMapper JSON = new ObjectMapper().enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS);

    private final Blobs blobs;
    private final Instant created;

    /// @param created the date of everything
    OciLayout(Blobs blobs, Instant created) {
        this.blobs = blobs;
        this.created = created;
    }

    /// @param name with its tag, such as `docker.io/library/lockdown:1.0`
    /// @param config of containers: variables, entry point, labels
    record Image(String name, String architecture, List<Layer> layers, Map<String, Object> config) {}

    void write(Image image, Path file) throws IOException {
        var config = blob(config(image));
        var manifest = blob(Map.of("schemaVersion", 2, "mediaType", MEDIA_TYPE + "manifest.v1+json", "config",
            descriptor("config.v1+json", config), "layers",
            image.layers().stream().map(l -> descriptor("layer.v1.tar+gzip", l.blob())).toList()));
        var files = new TreeMap<String, Path>();
        image.layers().forEach(l -> files.put(path(l.blob()), l.blob().file()));
        files.put(path(config), config.file());
        files.put(path(manifest), manifest.file());
        try (var tar = Blobs.tar(new BufferedOutputStream(Files.newOutputStream(file)))) {
            // Readers that stream want to know first what comes.
            text(tar, "oci-layout", Map.of("imageLayoutVersion", "1.0.0"));
            text(tar, "index.json", index(image, manifest));
            text(tar, "manifest.json", List.of(Map.of("Config", path(config), "RepoTags", List.of(image.name()), "Layers",
                image.layers().stream().map(l -> path(l.blob())).toList())));
            for (var blob : files.entrySet()) {
                put(tar, blob.getKey(), Files.size(blob.getValue()));
                Files.copy(blob.getValue(), tar);
                tar.closeArchiveEntry();
            }
        }
    }

    private Map<String, Object> config(Image image) {
        return Map.of("created", created.toString(), "architecture", image.architecture(), "os", "linux", "config", image.config(),
            "rootfs", Map.of("type", "layers", "diff_ids", image.layers().stream().map(Layer::diffId).toList()),
            "history", image.layers().stream().map(l -> Map.of("created", created.toString(), "created_by", l.what())).toList());
    }

    private static Map<String, Object> index(Image image, Blob manifest) {
        var described = new TreeMap<>(descriptor("manifest.v1+json", manifest));
        described.put("platform", Map.of("os", "linux", "architecture", image.architecture()));
        var tag = image.name().substring(image.name().lastIndexOf(':') + 1);
        described.put("annotations", Map.of("io.containerd.image.name", image.name(), "org.opencontainers.image.ref.name", tag));
        return Map.of("schemaVersion", 2, "mediaType", MEDIA_TYPE + "index.v1+json", "manifests", List.of(described));
    }

    private static Map<String, Object> descriptor(String type, Blob blob) {
        return Map.of("mediaType", MEDIA_TYPE + type, "digest", blob.digest(), "size", blob.size());
    }

    private static String path(Blob blob) {
        return "blobs/" + blob.digest().replace(':', '/');
    }

    private Blob blob(Object json) throws IOException {
        return blobs.blob(out -> out.write(JSON.writeValueAsBytes(json)));
    }

    private void text(TarArchiveOutputStream tar, String name, Object json) throws IOException {
        var text = JSON.writeValueAsString(json).getBytes(StandardCharsets.UTF_8);
        put(tar, name, text.length);
        tar.write(text);
        tar.closeArchiveEntry();
    }

    private void put(TarArchiveOutputStream tar, String name, long size) throws IOException {
        var entry = new TarArchiveEntry(name);
        entry.setSize(size);
        entry.setMode(0100644);
        entry.setModTime(created.toEpochMilli());
        entry.setIds(0, 0);
        tar.putArchiveEntry(entry);
    }
}
