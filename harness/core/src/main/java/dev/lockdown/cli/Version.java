package dev.lockdown.cli;

import java.util.Objects;

/// Which Lockdown this is, and what it runs on.
final class Version {
    private Version() {}

    static String number() {
        return Objects.requireNonNullElse(Version.class.getPackage().getImplementationVersion(), "of no build");
    }

    /// `java 25.0.3+9-LTS · Linux 6.18.44 amd64`
    static String platform() {
        return "java %s · %s %s %s".formatted(Runtime.version(), System.getProperty("os.name"), System.getProperty("os.version"),
            System.getProperty("os.arch"));
    }
}
