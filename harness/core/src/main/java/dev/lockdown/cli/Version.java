package dev.lockdown.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.Properties;
import java.util.stream.Stream;

/// Which Lockdown this is, and what it runs on.
///
/// @param number of the version, as the poms have it
/// @param commit of which it was built, with `-dirty` behind it where the sources had more; empty where the build knew none
/// @param time of that commit, as ISO 8601 in UTC, or empty: what is built of the same sources is the same, whenever it is built
record Version(String number, String commit, String time) {

    /// That which is running.
    static Version own() {
        var build = new Properties();
        try (var file = Objects.requireNonNull(Version.class.getResourceAsStream("build.properties"), "build.properties")) {
            build.load(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Version(build.getProperty("version", ""), build.getProperty("commit", ""), build.getProperty("time", ""));
    }

    /// `0.1.0-SNAPSHOT+4ba861e74e3d`: what Semantic Versioning says of a build stands behind the plus.
    String full() {
        return commit.isEmpty() ? number : number + "+" + commit.replace("-dirty", ".dirty");
    }

    /// What there is to say, a line each.
    String[] lines() {
        return Stream.of("lockdown " + full(), built(), platform()).filter(l -> !l.isEmpty()).toArray(String[]::new);
    }

    private String built() {
        if (commit.isEmpty()) return "";
        boolean dirty = commit.endsWith("-dirty");
        return "commit %s of %s%s".formatted(commit.replace("-dirty", ""), time, dirty ? ", and changes that are not committed" : "");
    }

    /// `java 25.0.3+9-LTS · Linux 6.18.44 amd64`
    static String platform() {
        return "java %s · %s %s %s".formatted(Runtime.version(), System.getProperty("os.name"), System.getProperty("os.version"),
            System.getProperty("os.arch"));
    }
}
