package dev.lockdown.archive;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/// What an image consists of, in a folder, each under the name of its digest as the OCI image layout has it.
final class Blobs {
    private final Path folder;
    private int unnamed;

    Blobs(Path folder) {
        this.folder = folder;
    }

    /// @param digest `sha256:` and hexadecimal digits
    record Blob(String digest, long size, Path file) {}

    /// @param diffId the digest of the layer before it was compressed
    record Layer(Blob blob, String diffId, String what) {}

    interface Content<T extends OutputStream> {
        void write(T to) throws IOException;
    }

    /// A layer of what is written to a tar; the tar's own digest and that of the compressed file are both part of an image.
    Layer layer(String what, Content<TarArchiveOutputStream> content) throws IOException {
        var plain = sha256();
        var blob = blob(out -> {
            try (var zipped = new GZIPOutputStream(out); var tar = tar(new DigestOutputStream(zipped, plain))) {
                content.write(tar);
            }
        });
        return new Layer(blob, named(plain), what);
    }

    /// A layer of a tar that there is, compressed or not.
    Layer copied(String what, InputStream layer) throws IOException {
        var plain = sha256();
        var in = new BufferedInputStream(layer);
        if (!isZipped(in)) return new Layer(blob(out -> {
            try (var zipped = new GZIPOutputStream(out)) {
                new DigestInputStream(in, plain).transferTo(zipped);
            }
        }), named(plain), what);
        var blob = blob(in::transferTo);
        try (var unzipped = unzipped(Files.newInputStream(blob.file()))) {
            new DigestInputStream(unzipped, plain).transferTo(OutputStream.nullOutputStream());
        }
        return new Layer(blob, named(plain), what);
    }

    Blob blob(Content<OutputStream> content) throws IOException {
        var digest = sha256();
        var file = folder.resolve("unnamed-" + ++unnamed);
        try (var out = new BufferedOutputStream(new DigestOutputStream(Files.newOutputStream(file), digest))) {
            content.write(out);
        }
        var named = file.resolveSibling(HexFormat.of().formatHex(digest.digest()));
        Files.deleteIfExists(named);
        Files.move(file, named);
        return new Blob("sha256:" + named.getFileName(), Files.size(named), named);
    }

    /// What compressed a stream is taken off; a stream that nothing compressed stays as it is.
    static InputStream unzipped(InputStream in) throws IOException {
        var buffered = new BufferedInputStream(in);
        return isZipped(buffered) ? new GZIPInputStream(buffered) : buffered;
    }

    private static boolean isZipped(BufferedInputStream in) throws IOException {
        in.mark(2);
        boolean zipped = in.read() == 0x1f && in.read() == 0x8b;
        in.reset();
        return zipped;
    }

    static TarArchiveOutputStream tar(OutputStream out) {
        var tar = new TarArchiveOutputStream(out, "UTF-8");
        tar.setLongFileMode(TarArchiveOutputStream.LONGFILE_POSIX);
        tar.setBigNumberMode(TarArchiveOutputStream.BIGNUMBER_POSIX);
        return tar;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String named(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }
}
