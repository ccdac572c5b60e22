package dev.lockdown.archive;

import dev.lockdown.archive.Blobs.Layer;
import dev.lockdown.archive.OciLayout.Image;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;
import org.apache.commons.compress.archivers.tar.TarConstants;

/// Makes a container image of what is shipped: a base, a Java that `jlink` made, and the archive, a layer each. Everything has one date and
/// belongs to root, so that the same parts make the same image.
final class ImageBuild {
    private static final String HOME = "opt/lockdown";
    private static final String JAVA = "opt/java";
    private static final String LAUNCHER = "usr/local/bin/lockdown";
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    private final Instant date;

    private ImageBuild(Instant date) {
        this.date = date;
    }

    /// @param arguments the archive, the folder of the Java, the base, the image's file, the version, the commit, its time
    public static void main(String[] arguments) throws IOException {
        try {
            build(Path.of(arguments[0]), Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3]), arguments[4], arguments[5],
                arguments[6]);
        } catch (BadBaseException e) {
            System.err.println(e.getMessage());
            System.exit(2);
        }
    }

    static void build(Path archive, Path java, Path base, Path target, String version, String commit, String time) throws IOException {
        new ImageBuild(Instant.parse(time)).build(archive, java, base, target, version, commit);
    }

    private void build(Path archive, Path java, Path base, Path target, String version, String commit) throws IOException {
        var folder = Files.createTempDirectory(target.toAbsolutePath().getParent(), "image");
        try {
            var blobs = new Blobs(folder);
            var below = BaseImage.read(base, architecture(), blobs);
            var layers = new ArrayList<>(below.layers());
            layers.add(java(java, blobs));
            layers.add(lockdown(archive, blobs));
            var name = "docker.io/library/lockdown:" + version;
            new OciLayout(blobs, date).write(
                new Image(name, architecture(), layers, config(below.environment(), version, commit)), target);
        } finally {
            delete(folder);
        }
    }

    private static String architecture() {
        return switch (System.getProperty("os.arch")) {
            case "aarch64" -> "arm64";
            case String other -> other;
        };
    }

    private Map<String, Object> config(Map<String, String> environment, String version, String commit) {
        var variables = new TreeMap<>(Map.of("PATH", PATH));
        variables.putAll(environment);
        variables.put("JAVA_HOME", "/" + JAVA);
        // A container is mostly used once: making a cache for the next start would be waited for each time.
        variables.put("LOCKDOWN_AOT", "no");
        return new TreeMap<>(Map.of("Env", variables.entrySet().stream().map(v -> v.getKey() + "=" + v.getValue()).toList(),
            "Entrypoint", List.of("/" + LAUNCHER), "Cmd", List.of("--help"), "WorkingDir", "/work",
            "Labels", new TreeMap<>(Map.of("org.opencontainers.image.title", "lockdown", "org.opencontainers.image.version", version,
                "org.opencontainers.image.revision", commit, "org.opencontainers.image.created", date.toString(),
                "org.opencontainers.image.licenses", "Apache-2.0"))));
    }

    private Layer java(Path java, Blobs blobs) throws IOException {
        return blobs.layer("jlink", tar -> {
            folders(tar, "opt/", JAVA + "/");
            try (var files = Files.walk(java)) {
                for (var file : files.filter(f -> !f.equals(java)).sorted(Comparator.comparing(Path::toString)).toList())
                    put(tar, JAVA + "/" + java.relativize(file), file);
            }
        });
    }

    /// The archive's own entries below another folder, and what leads to them.
    private Layer lockdown(Path archive, Blobs blobs) throws IOException {
        return blobs.layer("lockdown", tar -> {
            folders(tar, "opt/", HOME + "/");
            try (var from = new TarArchiveInputStream(Blobs.unzipped(Files.newInputStream(archive)), "UTF-8")) {
                for (var entry = from.getNextEntry(); entry != null; entry = from.getNextEntry()) {
                    var moved = dated(new TarArchiveEntry(entry.getName().replaceFirst("^[^/]+", HOME), entry.getLinkFlag()));
                    moved.setMode(entry.getMode());
                    moved.setSize(entry.getSize());
                    tar.putArchiveEntry(moved);
                    from.transferTo(tar);
                    tar.closeArchiveEntry();
                }
            }
            folders(tar, "usr/", "usr/local/", "usr/local/bin/", "work/");
            var link = dated(new TarArchiveEntry(LAUNCHER, TarConstants.LF_SYMLINK));
            link.setLinkName("/" + HOME + "/lockdown");
            tar.putArchiveEntry(link);
            tar.closeArchiveEntry();
        });
    }

    private void folders(TarArchiveOutputStream tar, String... names) throws IOException {
        for (var name : names) {
            var entry = dated(new TarArchiveEntry(name));
            entry.setMode(040755);
            tar.putArchiveEntry(entry);
            tar.closeArchiveEntry();
        }
    }

    private void put(TarArchiveOutputStream tar, String name, Path file) throws IOException {
        var is = Files.readAttributes(file, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
        if (is.isDirectory()) {
            folders(tar, name + "/");
            return;
        }
        var entry = dated(is.isSymbolicLink() ? new TarArchiveEntry(name, TarConstants.LF_SYMLINK) : new TarArchiveEntry(name));
        if (is.isSymbolicLink()) entry.setLinkName(Files.readSymbolicLink(file).toString());
        else entry.setSize(is.size());
        entry.setMode(is.permissions().contains(PosixFilePermission.OWNER_EXECUTE) ? 0100755 : 0100644);
        tar.putArchiveEntry(entry);
        if (is.isRegularFile()) Files.copy(file, tar);
        tar.closeArchiveEntry();
    }

    private TarArchiveEntry dated(TarArchiveEntry entry) {
        entry.setModTime(date.toEpochMilli());
        entry.setIds(0, 0);
        entry.setNames("", "");
        return entry;
    }

    private static void delete(Path folder) throws IOException {
        try (var files = Files.walk(folder)) {
            for (var file : files.sorted(Comparator.reverseOrder()).toList()) Files.delete(file);
        }
    }
}
