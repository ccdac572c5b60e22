package dev.lockdown.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@DisplayName("An image")
final class ImageBuildTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final List<String> TOOLS = List.of("bin/sh", "usr/bin/readlink", "usr/bin/id", "usr/bin/find", "usr/bin/stty",
        "usr/bin/unshare", "usr/sbin/ip", "usr/lib/x86_64-linux-gnu/libnftables.so.1", "lib/x86_64-linux-gnu/libc.so.6");

    @TempDir
    private Path folder;
    private Path archive;
    private Path java;

    @BeforeEach
    void makeParts() throws IOException {
        archive = tar("lockdown-1.0.tar", Map.of("lockdown-1.0/lockdown", "#!/bin/sh", "lockdown-1.0/jars/lockdown-core.jar", "jar"));
        java = Files.createDirectories(folder.resolve("jre/bin")).getParent();
        Files.writeString(java.resolve("bin/java"), "java");
        Files.createSymbolicLink(java.resolve("LICENSE"), Path.of("bin/java"));
    }

    private Path tar(String name, Map<String, String> files) throws IOException {
        var file = folder.resolve(name);
        try (var tar = Blobs.tar(Files.newOutputStream(file))) {
            for (var one : new TreeMap<>(files).entrySet()) {
                var entry = new TarArchiveEntry(one.getKey());
                var text = one.getValue().getBytes(StandardCharsets.UTF_8);
                entry.setSize(text.length);
                tar.putArchiveEntry(entry);
                tar.write(text);
                tar.closeArchiveEntry();
            }
        }
        return file;
    }

    private Path rootfs() throws IOException {
        var files = new TreeMap<String, String>();
        TOOLS.forEach(t -> files.put("./" + t, t));
        return tar("rootfs.tar", files);
    }

    private Path image(Path base, String name) throws IOException {
        var image = folder.resolve(name);
        ImageBuild.build(archive, java, base, image, "1.0", "4ba861e74e3d", "2026-11-29T07:08:20Z");
        return image;
    }

    private static Map<String, byte[]> read(byte[] tar) throws IOException {
        var files = new LinkedHashMap<String, byte[]>();
        try (var in = new TarArchiveInputStream(Blobs.unzipped(new ByteArrayInputStream(tar)))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry())
                files.put(entry.getName() + (entry.isSymbolicLink() ? " -> " + entry.getLinkName() : ""), in.readAllBytes());
        }
        return files;
    }

    private static byte[] blob(Map<String, byte[]> image, JsonNode descriptor) {
        var blob = image.get("blobs/" + descriptor.path("digest").asText().replace(':', '/'));
        assertThat(blob).as(descriptor.toString()).hasSize(descriptor.path("size").asInt());
        assertThat(sha256(blob)).isEqualTo(descriptor.path("digest").asText());
        return blob;
    }

    private static String sha256(byte[] bytes) {
        try {
            return "sha256:" + HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static byte[] unzipped(byte[] layer) throws IOException {
        var plain = new ByteArrayOutputStream();
        Blobs.unzipped(new ByteArrayInputStream(layer)).transferTo(plain);
        return plain.toByteArray();
    }

    @Test
    void is_an_oci_layout_whose_digests_hold() throws IOException {
        var image = read(Files.readAllBytes(image(rootfs(), "image.tar")));
        assertThat(new String(image.get("oci-layout"), StandardCharsets.UTF_8)).isEqualTo("{\"imageLayoutVersion\":\"1.0.0\"}");
        var described = JSON.readTree(image.get("index.json")).path("manifests").path(0);
        assertThat(described.path("annotations").path("io.containerd.image.name").asText()).isEqualTo("docker.io/library/lockdown:1.0");
        var manifest = JSON.readTree(blob(image, described));
        var config = JSON.readTree(blob(image, manifest.path("config")));
        assertThat(config.path("config").path("Entrypoint").path(0).asText()).isEqualTo("/usr/local/bin/lockdown");
        assertThat(config.path("config").path("Env").toString()).contains("\"JAVA_HOME=/opt/java\"");
        var layers = new ArrayList<Map<String, byte[]>>();
        for (int i = 0; i < manifest.path("layers").size(); i++) {
            var layer = unzipped(blob(image, manifest.path("layers").path(i)));
            assertThat(config.path("rootfs").path("diff_ids").path(i).asText()).isEqualTo(sha256(layer));
            layers.add(read(layer));
        }
        assertThat(layers).hasSize(3);
        assertThat(layers.get(0)).containsKey("./bin/sh");
        assertThat(layers.get(1)).containsKeys("opt/java/bin/java", "opt/java/LICENSE -> bin/java");
        assertThat(layers.get(2)).containsKeys("opt/lockdown/lockdown", "opt/lockdown/jars/lockdown-core.jar",
            "usr/local/bin/lockdown -> /opt/lockdown/lockdown", "work/");
    }

    @Test
    void can_stand_on_another_image_in_either_form_and_keeps_its_variables() throws IOException {
        var parts = new TreeMap<>(Map.of("layer.tar", new String(Files.readAllBytes(rootfs()), StandardCharsets.ISO_8859_1)));
        parts.put("config.json", "{\"config\":{\"Env\":[\"LANG=C.UTF-8\",\"PATH=/bin\"]}}");
        parts.put("manifest.json", "[{\"Config\":\"config.json\",\"Layers\":[\"layer.tar\"]}]");
        var docker = image(tar("docker.tar", parts), "on-docker.tar");
        var oci = image(withoutDockersManifest(docker), "on-oci.tar");
        for (var image : List.of(docker, oci)) {
            var read = read(Files.readAllBytes(image));
            var manifest = JSON.readTree(blob(read, JSON.readTree(read.get("index.json")).path("manifests").path(0)));
            var environment = JSON.readTree(blob(read, manifest.path("config"))).path("config").path("Env").toString();
            assertThat(environment).contains("LANG=C.UTF-8", "PATH=/bin", "JAVA_HOME=/opt/java");
            assertThat(read(blob(read, manifest.path("layers").path(0)))).containsKey("./bin/sh");
        }
    }

    private Path withoutDockersManifest(Path image) throws IOException {
        var copy = folder.resolve("oci.tar");
        try (var tar = Blobs.tar(Files.newOutputStream(copy))) {
            for (var file : read(Files.readAllBytes(image)).entrySet()) {
                if (file.getKey().equals("manifest.json")) continue;
                var entry = new TarArchiveEntry(file.getKey());
                entry.setSize(file.getValue().length);
                tar.putArchiveEntry(entry);
                tar.write(file.getValue());
                tar.closeArchiveEntry();
            }
        }
        return copy;
    }

    @Test
    void is_the_same_if_its_parts_are() throws IOException {
        var base = rootfs();
        assertThat(image(base, "one.tar")).hasSameBinaryContentAs(image(base, "other.tar"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"usr/bin/unshare", "usr/lib/x86_64-linux-gnu/libnftables.so.1"})
    void does_not_stand_on_a_base_that_lacks_what_a_run_needs(String tool) throws IOException {
        var files = new TreeMap<String, String>();
        TOOLS.stream().filter(t -> !t.equals(tool)).forEach(t -> files.put(t, t));
        var base = tar("poor.tar", files);
        assertThatThrownBy(() -> image(base, "image.tar")).isInstanceOf(BadBaseException.class)
            .hasMessageStartingWith("error: the base %s lacks what Lockdown needs: %s\n".formatted(base, Path.of(tool).getFileName()))
            .hasMessageContaining("  mmdebstrap ");
        assertThat(folder.resolve("image.tar")).doesNotExist();
    }

    @Test
    void does_not_stand_on_what_is_no_archive() throws IOException {
        var text = Files.writeString(folder.resolve("base.tar"), "FROM debian\n".repeat(100));
        assertThatThrownBy(() -> image(text, "image.tar")).hasMessageStartingWith("error: the base %s is no tar".formatted(text));
        assertThatThrownBy(() -> image(folder, "image.tar")).hasMessageStartingWith("error: the base %s is no file".formatted(folder));
    }
}
