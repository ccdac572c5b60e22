package dev.lockdown.report.html;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.Objects;

/// What pages that look alike have in common.
public final class PageParts {
    private PageParts() {}

    /// The style sheet of `report.html`, which others add to.
    public static String style() {
        return resource(PageParts.class, "report.css");
    }

    /// A text from the jar, without its indentation, which is for us alone. What stands in a `pre` comes from a run.
    public static String resource(Class<?> beside, String name) {
        try (var resource = beside.getResourceAsStream(name)) {
            var bytes = Objects.requireNonNull(resource, () -> name + " belongs to the jar").readAllBytes();
            return new String(bytes, StandardCharsets.UTF_8).replaceAll("(?m)^ +", "");
        } catch (IOException e) {
            throw new UncheckedIOException("%s cannot be read from the jar".formatted(name), e);
        }
    }

    /// By which a page's policy knows its own script, and no other.
    public static String hash(String script) {
        try {
            var digest = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "sha256-" + Base64.getEncoder().encodeToString(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
