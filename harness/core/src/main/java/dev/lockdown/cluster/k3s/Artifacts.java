package dev.lockdown.cluster.k3s;

import dev.lockdown.cluster.EnvironmentException;
import dev.lockdown.cluster.k3s.Cni.Artifact;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpClient.Redirect;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// Finds the files of CNI projects (in the user's folder, among the downloads of earlier runs, or at their address) and verifies their
/// checksums.
final class Artifacts {
    private static final Duration TIMEOUT = Duration.ofSeconds(60);

    private final @Nullable Path charts;
    private final @Nullable Path downloads;
    private final Fetcher fetcher;
    private final Consumer<String> notes;

    /// @param charts looked into first, or null
    /// @param downloads where what was fetched is kept, or null
    Artifacts(@Nullable Path charts, @Nullable Path downloads, Fetcher fetcher, Consumer<String> notes) {
        this.charts = charts;
        this.downloads = downloads;
        this.fetcher = fetcher;
        this.notes = notes;
    }

    interface Fetcher {
        byte[] fetch(URI address) throws IOException, InterruptedException;
    }

    /// Fetch as a browser would.
    static byte[] overHttp(URI address) throws IOException, InterruptedException {
        try (var client = HttpClient.newBuilder().followRedirects(Redirect.NORMAL).connectTimeout(Duration.ofSeconds(10)).build()) {
            var answer = client.send(HttpRequest.newBuilder(address).timeout(TIMEOUT).build(), BodyHandlers.ofByteArray());
            if (answer.statusCode() != 200) throw new IOException("HTTP status %s".formatted(answer.statusCode()));
            return answer.body();
        }
    }

    /// @throws EnvironmentException if it cannot be had, or is another than the checksum says
    Path get(Artifact artifact) {
        var sum = artifact.sha256();
        if (sum == null)
            notes.accept("warning: nobody has checked %s: its file in fixtures/cnis has no checksum".formatted(
                artifact.address()));
        var given = charts == null ? null : charts.resolve(artifact.fileName());
        try {
            if (given != null && Files.exists(given)) return checked(given, artifact);
            var kept = downloads == null ? Files.createTempDirectory("lockdown").resolve(artifact.fileName())
                : downloads.resolve(sum == null ? "unchecked" : sum).resolve(artifact.fileName());
            // Without a checksum nobody knows whether what was kept is whole.
            if (sum != null && Files.exists(kept) && sum.equals(sum(Files.readAllBytes(kept)))) return kept;
            return fetched(artifact, kept);
        } catch (IOException e) {
            throw cannotHave(artifact, e);
        }
    }

    private Path fetched(Artifact artifact, Path to) throws IOException {
        byte[] bytes;
        try {
            bytes = fetcher.fetch(URI.create(artifact.address()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EnvironmentException("interrupted while fetching " + artifact.address(), e);
        }
        Files.createDirectories(Objects.requireNonNull(to.getParent()));
        var part = to.resolveSibling(to.getFileName() + ".part");
        Files.write(part, bytes);
        checked(part, artifact);
        return Files.move(part, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private static Path checked(Path file, Artifact artifact) throws IOException {
        var sum = artifact.sha256();
        var found = sum(Files.readAllBytes(file));
        if (sum != null && !sum.equals(found))
            throw new EnvironmentException("""
            %s is not the file that fixtures/cnis means
              expected SHA-256 %s
              found            %s, in %s
            if its project has published it anew, and you trust that, write the new sum there""".formatted(artifact.address(), sum, found,
                file), null);
        return file;
    }

    private EnvironmentException cannotHave(Artifact artifact, IOException e) {
        return new EnvironmentException("""
            %s cannot be fetched: %s
              without a way to the internet, put %s into a folder and name it:  --charts DIR%s""".formatted(artifact.address(),
            e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage(), artifact.fileName(),
            charts == null ? "" : "\n  it is not in " + charts), e);
    }

    private static String sum(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
